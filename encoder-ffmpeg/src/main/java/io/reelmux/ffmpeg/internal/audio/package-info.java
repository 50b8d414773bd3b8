/**
 * From samples to packets: opens the encoder of an audio stream, converts samples and encodes them.
 * May depend on {@code codec}, {@code container}, {@code option} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.audio;

import org.jspecify.annotations.NullMarked;
