/** Video, colors and containers, from the caller's frames to the file as read back. */
@NullMarked
package io.reelmux.ffmpeg.media;

import org.jspecify.annotations.NullMarked;
