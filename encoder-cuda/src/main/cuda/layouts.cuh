// How the source layouts lie in memory. A layout has
//   PLANES   planes that are read
//   WORDS    32-bit words of eight pixels of one plane
//   VECTOR   alignment that lets eight pixels be read at full width
//   Sum      the integer that a fixed-point sum fits in
//   sample   one component of a pixel, from the words of its plane
#pragma once

static __device__ __forceinline__ int byteOf(const unsigned *words, int index) {
  return words[index >> 2] >> (8 * (index & 3)) & 0xff;
}

// [0, 1] in 65536 steps, the nearest, ties to even; NaN is 0. The product is exact.
static __device__ __forceinline__ int quantise(float value) {
  const float low = value > 0.0f ? value : 0.0f;
  return __float2int_rn((low < 1.0f ? low : 1.0f) * 65536.0f);
}

// The bits of a half: its exponent is moved by a product that is exact, denormals too.
static __device__ __forceinline__ float halfToFloat(unsigned bits) {
  const bool positive = bits <= 0x7c00;  // neither below zero nor NaN
  return positive ? __uint_as_float(bits << 13) * 0x1p112f : 0.0f;
}

struct RgbPlanar {
  static constexpr int PLANES = 3, WORDS = 2, VECTOR = 8;
  static constexpr bool GRAY = false;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return byteOf(words, pixel);
  }
};

// Components in one plane, STEP bytes from pixel to pixel.
template <int STEP, int RED, int GREEN, int BLUE>
struct Packed {
  static constexpr int PLANES = 1, WORDS = 2 * STEP, VECTOR = WORDS % 4 == 0 ? 16 : 8;
  static constexpr bool GRAY = false;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int component, int pixel) {
    return byteOf(words, STEP * pixel + (component == 0 ? RED : component == 1 ? GREEN : BLUE));
  }
};

struct Gray {
  static constexpr int PLANES = 1, WORDS = 2, VECTOR = 8;
  static constexpr bool GRAY = true;
  using Sum = int;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return byteOf(words, pixel);
  }
};

struct RgbPlanarFloat {
  static constexpr int PLANES = 3, WORDS = 8, VECTOR = 16;
  static constexpr bool GRAY = false;
  using Sum = long long;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return quantise(__uint_as_float(words[pixel]));
  }
};

struct RgbPlanarHalf {
  static constexpr int PLANES = 3, WORDS = 4, VECTOR = 16;
  static constexpr bool GRAY = false;
  using Sum = long long;
  static __device__ __forceinline__ int sample(const unsigned *words, int, int pixel) {
    return quantise(halfToFloat(words[pixel >> 1] >> (16 * (pixel & 1)) & 0xffff));
  }
};
