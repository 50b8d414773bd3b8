/**
 * One owner class for each native struct, error codes and messages. Knows FFmpeg, knows nothing of
 * encoding.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.av;

import org.jspecify.annotations.NullMarked;
