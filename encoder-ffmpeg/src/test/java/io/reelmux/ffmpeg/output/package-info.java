/** Tests of encoding to several outputs at once. */
@NullMarked
package io.reelmux.ffmpeg.output;

import org.jspecify.annotations.NullMarked;
