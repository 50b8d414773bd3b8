/** Bytes from the caller's source to FFmpeg. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.source;

import org.jspecify.annotations.NullMarked;
