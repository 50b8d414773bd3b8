/** The kernels that convert frames of any layout to encoder surfaces. */
@NullMarked
package io.reelmux.cuda.internal.kernel;

import org.jspecify.annotations.NullMarked;
