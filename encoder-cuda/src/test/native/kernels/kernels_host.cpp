/* The kernels as host functions. */
#include "cuda_host_shim.h"

#include "../../../main/cuda/reelmux.cu"

extern "C" {
void *(*reelmux_untag)(unsigned long long devicePointer) = nullptr;
}

HOST_KERNEL(reelmux_rgb_planar, FrameParameter)
HOST_KERNEL(reelmux_packed24, FrameParameter)
HOST_KERNEL(reelmux_packed32, FrameParameter)
HOST_KERNEL(reelmux_gray8, FrameParameter)
HOST_KERNEL(reelmux_rgb_planar_f32, FrameParameter)
HOST_KERNEL(reelmux_rgb_planar_f16, FrameParameter)
HOST_KERNEL(reelmux_copy, FrameParameter)
