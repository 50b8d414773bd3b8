/**
 * Encode pictures and sounds into media files: add streams to an {@link io.reelmux.Encoder}, open a
 * destination, feed frames and samples piece by piece, close.
 */
@NullMarked
package io.reelmux;

import org.jspecify.annotations.NullMarked;
