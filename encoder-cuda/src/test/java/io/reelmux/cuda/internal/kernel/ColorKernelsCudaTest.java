package io.reelmux.cuda.internal.kernel;

import io.reelmux.cuda.RequiresCuda;

/** The kernels as the driver compiles them, on a board. */
@RequiresCuda
class ColorKernelsCudaTest extends ColorKernels {}
