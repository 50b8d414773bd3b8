// The parameter that every kernel has, and the loads and stores that all of them share.
#pragma once

// KernelParameter.java writes it: same order, same offsets.
struct FrameParameter {
  unsigned long long source[3];  // planes of the caller's frame
  unsigned long long luma;       // planes of the surface, 16-byte aligned
  unsigned long long chroma;
  long long lumaOffset;  // black plus one half for rounding, in fixed point
  long long chromaOffset;
  int sourcePitch[3];  // bytes between rows
  int lumaPitch;       // multiples of 16
  int chromaPitch;
  int matrix[3][3];  // rows Y, U, V; columns are components in memory order; U and V sum to 0
  int shift;         // fraction bits
  int maximum;       // highest code: 255 or 1023
  int sampleShift;   // log2 of the bytes per sample: 0 for NV12, 1 for P010
  int width;
  int height;
  int alignment;  // largest power of two, up to 16, that divides all source pointers and pitches
};
static_assert(sizeof(FrameParameter) == 136, "KernelParameter.java has the same fields");

constexpr int TILE = 8;  // pixels that a thread converts in each of two rows

#ifndef REELMUX_HOST
static __device__ __forceinline__ unsigned char *devicePointer(unsigned long long address) {
  return reinterpret_cast<unsigned char *>(address);
}
#endif

// One multiplication with a 64-bit result; rows and pitches are ints.
template <class Byte>
static __device__ __forceinline__ Byte *rowOf(Byte *plane, int row, int pitch) {
  return plane + static_cast<long long>(row) * pitch;
}

static __device__ __forceinline__ int clampIndex(int index, int count) {
  return index < 0 ? 0 : index >= count ? count - 1 : index;
}

static __device__ __forceinline__ unsigned fourBytes(int a, int b, int c, int d) {
  return a | b << 8 | c << 16 | static_cast<unsigned>(d) << 24;
}

static __device__ __forceinline__ unsigned long long fourWords(int a, int b, int c, int d) {
  return (a | b << 16) | static_cast<unsigned long long>(c | d << 16) << 32;
}

// Adjacent bytes as little-endian words, read as wide as the alignment allows.
template <int WORDS>
static __device__ __forceinline__ void loadWords(unsigned (&words)[WORDS],
                                                 const unsigned char *from, int alignment) {
  if (WORDS % 4 == 0 && alignment >= 16) {
#pragma unroll
    for (int i = 0; i + 3 < WORDS; i += 4) {
      const uint4 four = __ldg(reinterpret_cast<const uint4 *>(from + 4 * i));
      words[i] = four.x;
      words[i + 1] = four.y;
      words[i + 2] = four.z;
      words[i + 3] = four.w;
    }
  } else if (WORDS % 4 != 0 && alignment >= 8) {
#pragma unroll
    for (int i = 0; i + 1 < WORDS; i += 2) {
      const uint2 two = __ldg(reinterpret_cast<const uint2 *>(from + 4 * i));
      words[i] = two.x;
      words[i + 1] = two.y;
    }
  } else if (alignment >= 4) {
#pragma unroll
    for (int i = 0; i < WORDS; i++) {
      words[i] = __ldg(reinterpret_cast<const unsigned *>(from + 4 * i));
    }
  } else {
#pragma unroll
    for (int i = 0; i < WORDS; i++) {
      words[i] = fourBytes(__ldg(from + 4 * i), __ldg(from + 4 * i + 1), __ldg(from + 4 * i + 2),
                           __ldg(from + 4 * i + 3));
    }
  }
}

// 1 to 4 adjacent bytes in the low bits of a word; a single load if they are aligned.
template <int BYTES, bool ALIGNED>
static __device__ __forceinline__ unsigned loadPixel(const unsigned char *from) {
  if (ALIGNED && BYTES == 4) {
    return __ldg(reinterpret_cast<const unsigned *>(from));
  }
  if (ALIGNED && BYTES == 2) {
    return __ldg(reinterpret_cast<const unsigned short *>(from));
  }
  unsigned pixel = 0;
#pragma unroll
  for (int i = 0; i < BYTES; i++) {
    pixel |= static_cast<unsigned>(__ldg(from + i)) << (8 * i);
  }
  return pixel;
}

// Stores the first `count` of eight codes, to an address that is aligned for all eight.
template <bool WHOLE>
static __device__ __forceinline__ void storeCodes(unsigned char *to, const int (&codes)[TILE],
                                                  int count, int sampleShift) {
  unsigned long long low;
  unsigned long long high = 0;
  if (sampleShift) {
    low = fourWords(codes[0], codes[1], codes[2], codes[3]) << 6;
    high = fourWords(codes[4], codes[5], codes[6], codes[7]) << 6;
  } else {
    low = fourBytes(codes[0], codes[1], codes[2], codes[3]) |
          static_cast<unsigned long long>(fourBytes(codes[4], codes[5], codes[6], codes[7])) << 32;
  }
  if ((WHOLE || count >= TILE) && sampleShift) {
    *reinterpret_cast<ulonglong2 *>(to) = make_ulonglong2(low, high);
  } else if (WHOLE || count >= TILE) {
    *reinterpret_cast<unsigned long long *>(to) = low;
  } else {
#pragma unroll 1
    for (int i = 0; i < count << sampleShift; i++) {
      to[i] = static_cast<unsigned char>((i < 8 ? low : high) >> (8 * (i & 7)));
    }
  }
}
