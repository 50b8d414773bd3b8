/**
 * Encodes video frames and audio samples into media files: add streams to an {@link
 * io.reelmux.Encoder}, open a destination, add frames and samples as they arrive, and close.
 */
@NullMarked
package io.reelmux;

import org.jspecify.annotations.NullMarked;
