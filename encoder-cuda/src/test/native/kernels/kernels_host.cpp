/* The kernels as functions of the host. */
#include "cuda_host_shim.h"

#include "../../../main/cuda/reelmux.cu"

extern "C" {
void *(*reelmux_untag)(unsigned long long devicePointer) = nullptr;
}

HOST_KERNEL(reelmux_rgb_planar, PictureParameter)
HOST_KERNEL(reelmux_packed24, PictureParameter)
HOST_KERNEL(reelmux_packed32, PictureParameter)
HOST_KERNEL(reelmux_gray8, PictureParameter)
HOST_KERNEL(reelmux_rgb_planar_f32, PictureParameter)
HOST_KERNEL(reelmux_rgb_planar_f16, PictureParameter)
HOST_KERNEL(reelmux_copy, PictureParameter)
