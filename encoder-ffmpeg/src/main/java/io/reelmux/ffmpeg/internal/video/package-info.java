/**
 * From frames to packets: opens the encoder of a video stream, copies and converts frames, gives
 * them their times and encodes them. May depend on {@code spi}, {@code codec}, {@code container},
 * {@code option} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.video;

import org.jspecify.annotations.NullMarked;
