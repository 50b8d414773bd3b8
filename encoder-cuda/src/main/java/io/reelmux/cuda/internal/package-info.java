/** Video streams on CUDA devices. */
@NullMarked
package io.reelmux.cuda.internal;

import org.jspecify.annotations.NullMarked;
