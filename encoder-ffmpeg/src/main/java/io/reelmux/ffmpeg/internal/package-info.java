/**
 * An open encoding: {@link io.reelmux.ffmpeg.internal.FfmpegSession} connects the streams' encoders
 * with the output pipeline. May depend on all other packages; none of them depends on it except the
 * entry point.
 */
@NullMarked
package io.reelmux.ffmpeg.internal;

import org.jspecify.annotations.NullMarked;
