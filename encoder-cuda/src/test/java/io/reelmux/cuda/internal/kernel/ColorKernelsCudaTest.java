package io.reelmux.cuda.internal.kernel;

import io.reelmux.cuda.RequiresCuda;

/** The kernels as a driver compiles them, on a real GPU. */
@RequiresCuda
class ColorKernelsCudaTest extends ColorKernels {}
