/** Tests that frame n is frame n. */
@NullMarked
package io.reelmux.reader.ffmpeg.index;

import org.jspecify.annotations.NullMarked;
