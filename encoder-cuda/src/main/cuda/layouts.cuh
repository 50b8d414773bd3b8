// How the source layouts lie in memory. A layout has
//   PLANES   planes that are read
//   WORDS    32-bit words of eight pixels of one plane
//   VECTOR   alignment that lets eight pixels be read at full width
//   UNROLL   how many of the four rows of a tile are in flight at once
//   Sum      the integer that a fixed-point sum fits in
//   sample   one component of a pixel, from the words of its plane
#pragma once

static __device__ __forceinline__ int byteOf(const unsigned *words, int index) {
  return words[index >> 2] >> (8 * (index & 3)) & 0xff;
}

// [0, 1] in 65536 steps, the nearest, ties to even. The product is exact.
static __device__ __forceinline__ int quantise(float value) {
  return __float2int_rn(value * 65536.0f);
}

// Below 0 and NaN become 0, above 1 becomes 1.
static __device__ __forceinline__ float clampUnit(float value) {
  const float low = value > 0.0f ? value : 0.0f;
  return low < 1.0f ? low : 1.0f;
}

// The same from the bits of a half; a product moves the exponent, exactly, denormals too.
static __device__ __forceinline__ float clampHalf(unsigned bits) {
  const unsigned positive = bits <= 0x7c00 ? bits : 0;
  return __uint_as_float(min(positive, 0x3c00u) << 13) * 0x1p112f;
}

struct RgbPlanar {
  static constexpr int PLANES = 3, WORDS = 2, VECTOR = 8, UNROLL = 4;
  static constexpr bool GRAY = false;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return byteOf(words, pixel);
  }
};

// Components in one plane, STEP bytes from pixel to pixel: three components of which the matrix
// has the columns in the same order. A fourth, alpha, is not looked at.
template <int STEP>
struct Packed {
  static constexpr int PLANES = 1, WORDS = 2 * STEP, VECTOR = WORDS % 4 == 0 ? 16 : 8, UNROLL = 4;
  static constexpr bool GRAY = false;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int component, int pixel) {
    return byteOf(words, STEP * pixel + component);
  }
};

struct Gray {
  static constexpr int PLANES = 1, WORDS = 2, VECTOR = 8, UNROLL = 4;
  static constexpr bool GRAY = true;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return byteOf(words, pixel);
  }
};

struct RgbPlanarFloat {
  static constexpr int PLANES = 3, WORDS = 8, VECTOR = 16, UNROLL = 1;
  static constexpr bool GRAY = false;
  using Sum = long long;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return quantise(clampUnit(__uint_as_float(words[pixel])));
  }
};

struct RgbPlanarHalf {
  static constexpr int PLANES = 3, WORDS = 4, VECTOR = 16, UNROLL = 1;
  static constexpr bool GRAY = false;
  using Sum = long long;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return quantise(clampHalf(words[pixel >> 1] >> (16 * (pixel & 1)) & 0xffff));
  }
};
