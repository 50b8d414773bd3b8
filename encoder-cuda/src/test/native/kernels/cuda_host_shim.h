/* The parts of CUDA that the kernels use, for g++; threads run one after another. ../KERNELS.md describes the interface. */
#pragma once

#include <cmath>
#include <cstring>

#define REELMUX_HOST 1
#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(threads)

struct dim3 {
  unsigned x, y, z;
};
static thread_local dim3 blockIdx, threadIdx, blockDim;

struct alignas(8) uint2 {
  unsigned x, y;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};
struct alignas(16) ulonglong2 {
  unsigned long long x, y;
};
static inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) {
  return {x, y, z, w};
}
static inline ulonglong2 make_ulonglong2(unsigned long long x, unsigned long long y) {
  return {x, y};
}

/* A misaligned wide load faults on a GPU, so it must fault here. */
template <class T>
static inline T __ldg(const T *address) {
  if (reinterpret_cast<unsigned long long>(address) % alignof(T) != 0) {
    __builtin_trap();
  }
  return *address;
}

template <class T>
static inline T min(T a, T b) {
  return b < a ? b : a;
}
template <class T>
static inline T max(T a, T b) {
  return b > a ? b : a;
}
static inline float __uint_as_float(unsigned bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
static inline unsigned __byte_perm(unsigned low, unsigned high, unsigned selector) {
  const unsigned long long bytes = low | static_cast<unsigned long long>(high) << 32;
  unsigned result = 0;
  for (int i = 0; i < 4; i++) {
    result |= static_cast<unsigned>(bytes >> (8 * (selector >> (4 * i) & 7)) & 0xff) << (8 * i);
  }
  return result;
}
static inline int __float2int_rn(float value) { return static_cast<int>(std::lrintf(value)); }

extern "C" void *(*reelmux_untag)(unsigned long long devicePointer);

static inline unsigned char *devicePointer(unsigned long long address) {
  return static_cast<unsigned char *>(
      reelmux_untag ? reelmux_untag(address) : reinterpret_cast<void *>(address));
}

/* Exports kernel K as K__host and K__param_size. */
#define HOST_KERNEL(K, Parameter)                                                              \
  extern "C" {                                                                                 \
  extern const unsigned K##__param_size = sizeof(Parameter);                                   \
  void K##__host(void **kernelParams, unsigned gridX, unsigned gridY, unsigned gridZ,          \
                 unsigned blockX, unsigned blockY, unsigned blockZ) {                          \
    runGrid(K, *static_cast<const Parameter *>(kernelParams[0]), dim3{gridX, gridY, gridZ},    \
            dim3{blockX, blockY, blockZ});                                                     \
  }                                                                                            \
  }

template <class Kernel, class Parameter>
static void runGrid(Kernel kernel, const Parameter &parameter, dim3 grid, dim3 block) {
  blockDim = block;
  for (blockIdx.z = 0; blockIdx.z < grid.z; blockIdx.z++)
    for (blockIdx.y = 0; blockIdx.y < grid.y; blockIdx.y++)
      for (blockIdx.x = 0; blockIdx.x < grid.x; blockIdx.x++)
        for (threadIdx.z = 0; threadIdx.z < block.z; threadIdx.z++)
          for (threadIdx.y = 0; threadIdx.y < block.y; threadIdx.y++)
            for (threadIdx.x = 0; threadIdx.x < block.x; threadIdx.x++) kernel(parameter);
}
