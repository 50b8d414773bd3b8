/** Video, colours and containers, from the caller's pictures to what a reader finds in the file. */
@NullMarked
package io.reelmux.ffmpeg.media;

import org.jspecify.annotations.NullMarked;
