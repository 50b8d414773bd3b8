// Samples by twos: those of pixels i and i + 2, and sums of such pairs. So pixels 0 to 7 are the
// pairs (0, 2) (1, 3) (4, 6) (5, 7).
#pragma once

// In one register. Sums stay below 65536: a byte times 32 is the largest.
struct BytePair {
  unsigned lanes;

  __device__ __forceinline__ int low() const { return lanes & 0xffff; }
  __device__ __forceinline__ int high() const { return lanes >> 16; }
  __device__ __forceinline__ void add(BytePair other, int weight) { lanes += weight * other.lanes; }

  // Each lane's left neighbour: the lanes are (1, 3), what is left of them (before, 1).
  static __device__ __forceinline__ BytePair shifted(int before, BytePair odd) {
    return {__byte_perm(before, odd.lanes, 0x5410)};
  }
  // The lanes are (1, 3) and (5, 7), what is left of the second (3, 5).
  static __device__ __forceinline__ BytePair shifted(BytePair odd, BytePair nextOdd) {
    return {__byte_perm(odd.lanes, nextOdd.lanes, 0x5432)};
  }
};

// In two registers, for samples of 17 bits.
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
