// Two samples at a time: those of pixels i and i + 2, and sums of such pairs. Pixels 0 to 7 form
// the pairs (0, 2) (1, 3) (4, 6) (5, 7).
#pragma once

// Both in one register. Sums stay below 65536: the largest is a byte times 32.
struct BytePair {
  unsigned halves;

  __device__ __forceinline__ int low() const { return halves & 0xffff; }
  __device__ __forceinline__ int high() const { return halves >> 16; }
  __device__ __forceinline__ void add(BytePair other, int weight) { halves += weight * other.halves; }

  // The left neighbor of each sample: of (1, 3) it is (before, 1).
  static __device__ __forceinline__ BytePair shifted(int before, BytePair odd) {
    return {__byte_perm(before, odd.halves, 0x5410)};
  }
  // With (1, 3) and (5, 7), the left neighbors of the second pair are (3, 5).
  static __device__ __forceinline__ BytePair shifted(BytePair odd, BytePair nextOdd) {
    return {__byte_perm(odd.halves, nextOdd.halves, 0x5432)};
  }
};

// One register each, for samples of 17 bits.
struct IntPair {
  int first;
  int second;

  __device__ __forceinline__ int low() const { return first; }
  __device__ __forceinline__ int high() const { return second; }
  __device__ __forceinline__ void add(IntPair other, int weight) {
    first += weight * other.first;
    second += weight * other.second;
  }

  static __device__ __forceinline__ IntPair shifted(int before, IntPair odd) {
    return {before, odd.first};
  }
  static __device__ __forceinline__ IntPair shifted(IntPair odd, IntPair nextOdd) {
    return {odd.second, nextOdd.first};
  }
};
