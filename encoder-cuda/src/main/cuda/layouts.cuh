// Memory layouts of the sources. A layout has
//   PLANES   planes that are read
//   WORDS    32-bit words that hold eight pixels of one plane
//   VECTOR   alignment required to read eight pixels at full width
//   UNROLL   how many of a tile's four rows are in flight at once
//   Pair     type that holds two samples
//   Sum      integer type that a fixed-point sum fits in
//   single   one component of a single pixel
//   pair     one component of pixels i and i + 2, from the words of its plane
#pragma once

#include "pairs.cuh"

// Bytes i and j of an array of words.
static __device__ __forceinline__ BytePair bytePair(const unsigned *words, int i, int j) {
  const unsigned first = words[i >> 2];
  if (i >> 2 == j >> 2 && j == i + 2) {
    return {first >> (8 * (i & 3)) & 0xff00ff};
  }
  return {__byte_perm(first, words[j >> 2], (i & 3) | (4 + (j & 3)) << 8) & 0xff00ff};
}

// [0, 1] in 65536 steps, rounded to nearest, ties to even. The product is exact.
static __device__ __forceinline__ int quantize(float value) {
  return __float2int_rn(value * 65536.0f);
}

// Below 0 and NaN become 0, above 1 becomes 1.
static __device__ __forceinline__ float clampUnit(float value) {
  const float low = value > 0.0f ? value : 0.0f;
  return low < 1.0f ? low : 1.0f;
}

// The same for the bits of a half. The product rebiases the exponent exactly, denormals included.
static __device__ __forceinline__ float clampHalf(unsigned bits) {
  const unsigned positive = bits <= 0x7c00 ? bits : 0;
  return __uint_as_float(min(positive, 0x3c00u) << 13) * 0x1p112f;
}

// Interleaved components, STEP bytes per pixel: three components, in the order of the matrix's
// columns. A fourth, alpha, is ignored.
template <int STEP>
struct Packed {
  static constexpr int PLANES = 1, WORDS = 2 * STEP, VECTOR = WORDS % 4 == 0 ? 16 : 8, UNROLL = 4;
  static constexpr bool GRAY = false;
  using Pair = BytePair;
  using Sum = int;
  static __device__ __forceinline__ int single(unsigned pixel, int component) {
    return pixel >> (8 * component) & 0xff;
  }
  static __device__ __forceinline__ Pair pair(const unsigned *words, int component, int i) {
    return bytePair(words, STEP * i + component, STEP * (i + 2) + component);
  }
};

// One plane per component, or a single plane.
template <int COUNT>
struct BytePlanes {
  static constexpr int PLANES = COUNT, WORDS = 2, VECTOR = 8, UNROLL = 4;
  static constexpr bool GRAY = COUNT == 1;
  using Pair = BytePair;
  using Sum = int;
  static __device__ __forceinline__ int single(unsigned pixel, int) { return pixel; }
  static __device__ __forceinline__ Pair pair(const unsigned *words, int, int i) {
    return bytePair(words, i, i + 2);
  }
};

struct FloatPlanes {
  static constexpr int PLANES = 3, WORDS = 8, VECTOR = 16, UNROLL = 1;
  static constexpr bool GRAY = false;
  using Pair = IntPair;
  using Sum = long long;
  static __device__ __forceinline__ int single(unsigned bits, int) {
    return quantize(clampUnit(__uint_as_float(bits)));
  }
  static __device__ __forceinline__ Pair pair(const unsigned *words, int, int i) {
    return {single(words[i], 0), single(words[i + 2], 0)};
  }
};

struct HalfPlanes {
  static constexpr int PLANES = 3, WORDS = 4, VECTOR = 16, UNROLL = 1;
  static constexpr bool GRAY = false;
  using Pair = IntPair;
  using Sum = long long;
  static __device__ __forceinline__ int single(unsigned bits, int) {
    return quantize(clampHalf(bits));
  }
  static __device__ __forceinline__ Pair pair(const unsigned *words, int, int i) {
    const int shift = 16 * (i & 1);
    return {single(words[i >> 1] >> shift & 0xffff, 0),
            single(words[(i >> 1) + 1] >> shift & 0xffff, 0)};
  }
};
