/** Decoding on a GPU: on the stand-in driver, and where there is none. */
@NullMarked
package io.reelmux.reader.ffmpeg.gpu;

import org.jspecify.annotations.NullMarked;
