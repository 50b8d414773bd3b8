/** Tests that no file, source or caller harms the process. */
@NullMarked
package io.reelmux.reader.ffmpeg.safety;

import org.jspecify.annotations.NullMarked;
