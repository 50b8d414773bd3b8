package io.reelmux.cuda.internal.kernel;

import io.reelmux.testing.RequiresStandin;

/** The kernels' source as compiled for the host, started by the stand-in driver. */
@RequiresStandin
class ColorKernelsStandinTest extends ColorKernels {}
