/**
 * What a kind of device implements so that video is encoded on it: {@link
 * io.reelmux.ffmpeg.spi.VideoDevice} opens a {@link io.reelmux.ffmpeg.spi.DeviceStream} for each
 * stream, whose {@link io.reelmux.ffmpeg.spi.FrameFeed} converts the frames. Depends on {@code
 * internal.container} and {@code internal.av} only, not on an implementation.
 */
@NullMarked
package io.reelmux.ffmpeg.spi;

import org.jspecify.annotations.NullMarked;
