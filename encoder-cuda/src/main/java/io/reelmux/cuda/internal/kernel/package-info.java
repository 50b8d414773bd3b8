/** The kernels that write pictures of any layout to surfaces of the encoder. */
@NullMarked
package io.reelmux.cuda.internal.kernel;

import org.jspecify.annotations.NullMarked;
