/**
 * Sets FFmpeg options by name and refuses those that are unknown, harmful or owned by a setting.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.option;

import org.jspecify.annotations.NullMarked;
