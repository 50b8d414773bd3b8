/** Owners of CUDA driver objects, and of the FFmpeg objects that use them. */
@NullMarked
package io.reelmux.cuda.internal.driver;

import org.jspecify.annotations.NullMarked;
