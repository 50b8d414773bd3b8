/**
 * Reading of media files: frames by their number, audio by its samples, and packets.
 *
 * <p>{@link io.reelmux.reader.MediaReader} is where to start.
 */
@NullMarked
package io.reelmux.reader;

import org.jspecify.annotations.NullMarked;
