/** From frames to packets. */
@NullMarked
package io.reelmux.ffmpeg.internal.video;

import org.jspecify.annotations.NullMarked;
