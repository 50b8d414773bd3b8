/** An open encoding: puts tracks, interleaver and muxer together. */
@NullMarked
package io.reelmux.ffmpeg.internal;

import org.jspecify.annotations.NullMarked;
