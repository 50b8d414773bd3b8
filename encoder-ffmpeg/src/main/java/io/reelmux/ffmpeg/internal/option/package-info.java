/**
 * Sets FFmpeg options by name and refuses those that are unknown, harmful or owned by a setting.
 * May depend on {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.option;

import org.jspecify.annotations.NullMarked;
