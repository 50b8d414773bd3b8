/**
 * From packets to the caller's destination: {@link io.reelmux.ffmpeg.internal.mux.OutputPipeline}
 * interleaves, counts and distributes packets, {@link io.reelmux.ffmpeg.internal.mux.Muxer} writes
 * the container. May depend on {@code container}, {@code option} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.mux;

import org.jspecify.annotations.NullMarked;
