/** One owner for each thing of the CUDA driver, and of FFmpeg's use of it. */
@NullMarked
package io.reelmux.cuda.internal.driver;

import org.jspecify.annotations.NullMarked;
