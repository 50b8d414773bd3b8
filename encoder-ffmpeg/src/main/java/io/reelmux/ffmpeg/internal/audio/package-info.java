/** From samples to packets. */
@NullMarked
package io.reelmux.ffmpeg.internal.audio;

import org.jspecify.annotations.NullMarked;
