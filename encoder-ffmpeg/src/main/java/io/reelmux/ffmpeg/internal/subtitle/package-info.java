/**
 * Text subtitles: {@link io.reelmux.ffmpeg.internal.subtitle.CueWriter} makes packets of cues, in
 * one of the forms of {@link io.reelmux.ffmpeg.internal.subtitle.SubtitleFormat}. May depend on
 * {@code container} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.subtitle;

import org.jspecify.annotations.NullMarked;
