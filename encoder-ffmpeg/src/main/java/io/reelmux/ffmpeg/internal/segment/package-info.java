/**
 * From packets to segments and fragments: {@link io.reelmux.ffmpeg.internal.segment.Segmenter} cuts
 * CMAF, {@link io.reelmux.ffmpeg.internal.segment.TsSegmenter} transport streams, {@link
 * io.reelmux.ffmpeg.internal.segment.RotatingTarget} files, and {@link
 * io.reelmux.ffmpeg.internal.segment.FragmentTarget} makes fragments for browsers. May depend on
 * {@code mux}, {@code packet}, {@code container} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.segment;

import org.jspecify.annotations.NullMarked;
