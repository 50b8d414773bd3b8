/**
 * Wraps FFmpeg: one owner class for each native struct, error codes and log messages. Independent
 * of how Reelmux encodes.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.av;

import org.jspecify.annotations.NullMarked;
