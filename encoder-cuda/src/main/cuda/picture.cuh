// The one parameter of every kernel, and the ways to memory that all of them share.
#pragma once

// Written by KernelParameter.java: same order, same offsets.
struct PictureParameter {
  unsigned long long source[3];  // planes of the caller's picture
  long long sourcePitch[3];      // bytes from row to row
  unsigned long long luma;       // planes of the surface, 16-byte aligned
  unsigned long long chroma;
  long long lumaPitch;  // multiples of 16
  long long chromaPitch;
  long long lumaOffset;  // black, and a half for rounding, in fixed point
  long long chromaOffset;
  int matrix[3][3];  // rows Y, U, V; columns R, G, B; the rows of U and V add up to 0
  int shift;         // bits behind the point
  int maximum;       // highest code: 255 or 1023
  int deep;          // 0: NV12, 1: P010
  int width;
  int height;
  int alignment;  // greatest power of two, 16 at most, that divides all source pointers and pitches
  int reserved;
};

constexpr int TILE = 8;  // pixels that a thread does in each of two rows

#ifndef REELMUX_HOST
static __device__ __forceinline__ unsigned char *devicePointer(unsigned long long address) {
  return reinterpret_cast<unsigned char *>(address);
}
#endif

static __device__ __forceinline__ int clampIndex(int index, int count) {
  return index < 0 ? 0 : index >= count ? count - 1 : index;
}

// Bytes that are adjacent in memory, as little-endian words, read as wide as the alignment allows.
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
  } else if (alignment >= 8) {
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
      words[i] = __ldg(from + 4 * i) | __ldg(from + 4 * i + 1) << 8 | __ldg(from + 4 * i + 2) << 16 |
                 static_cast<unsigned>(__ldg(from + 4 * i + 3)) << 24;
    }
  }
}

// 1 to 4 adjacent bytes as the low end of a word.
template <int BYTES>
static __device__ __forceinline__ unsigned loadPixel(const unsigned char *from) {
  unsigned pixel = 0;
#pragma unroll
  for (int i = 0; i < BYTES; i++) {
    pixel |= static_cast<unsigned>(__ldg(from + i)) << (8 * i);
  }
  return pixel;
}

// The first `count` of eight codes, to an address aligned for all eight.
static __device__ __forceinline__ void storeCodes(unsigned char *to, const int (&codes)[TILE],
                                                  int count, int deep) {
  if (count == TILE && deep) {
    uint4 words;
    words.x = codes[0] << 6 | codes[1] << 22;
    words.y = codes[2] << 6 | codes[3] << 22;
    words.z = codes[4] << 6 | codes[5] << 22;
    words.w = codes[6] << 6 | codes[7] << 22;
    *reinterpret_cast<uint4 *>(to) = words;
  } else if (count == TILE) {
    uint2 words;
    words.x = codes[0] | codes[1] << 8 | codes[2] << 16 | codes[3] << 24;
    words.y = codes[4] | codes[5] << 8 | codes[6] << 16 | codes[7] << 24;
    *reinterpret_cast<uint2 *>(to) = words;
  } else {
#pragma unroll
    for (int i = 0; i < TILE; i++) {
      if (i < count && deep) {
        reinterpret_cast<unsigned short *>(to)[i] = static_cast<unsigned short>(codes[i] << 6);
      } else if (i < count) {
        to[i] = static_cast<unsigned char>(codes[i]);
      }
    }
  }
}
