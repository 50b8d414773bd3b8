/**
 * Chooses and configures encoders. One profile per encoder family holds what is known of it;
 * settings, pixel formats and audio rules build on the profiles. May depend on {@code container},
 * {@code option} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.codec;

import org.jspecify.annotations.NullMarked;
