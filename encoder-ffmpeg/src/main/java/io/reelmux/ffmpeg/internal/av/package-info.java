/**
 * Wraps FFmpeg: one owner class for each native struct, error codes, log messages, and {@link
 * io.reelmux.ffmpeg.internal.av.Ffmpeg}, the only class that calls FFmpeg's functions. Depends on
 * no other package of the backend.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.av;

import org.jspecify.annotations.NullMarked;
