package io.reelmux.cuda.internal.kernel;

import io.reelmux.testing.RequiresStandin;

/** The kernels' source compiled for the host, launched by the stand-in driver. */
@RequiresStandin
class ColorKernelsStandinTest extends ColorKernels {}
