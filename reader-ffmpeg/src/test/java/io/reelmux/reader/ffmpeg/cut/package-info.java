/** Tests of videos that are encoded in chunks and joined. */
@NullMarked
package io.reelmux.reader.ffmpeg.cut;

import org.jspecify.annotations.NullMarked;
