// Converts frames of any layout to NV12 or P010 surfaces. README.md has the formula.
//
// nvcc compiles this to PTX, and for tests g++ compiles it through a shim that supports no shared
// memory, barriers or warp operations. All arithmetic after a sample is read uses integers, so both
// builds produce the same bits.
#include "frame.cuh"
#include "layouts.cuh"

constexpr int PAIRS = TILE / 2;

// The components of eight pixels of one row, and of the pixel to the left of them.
template <class Layout>
struct Row {
  int left[3];
  typename Layout::Pair pairs[3][PAIRS];

  __device__ __forceinline__ int pixel(int component, int i) const {
    const typename Layout::Pair pair = pairs[component][i / 4 * 2 + i % 2];
    return i % 4 < 2 ? pair.low() : pair.high();
  }

  // FAST: reads eight whole pixels at full width. Otherwise the pixel at the right edge is repeated
  // for those beyond it.
  template <bool FAST>
  __device__ __forceinline__ void load(const FrameParameter &p,
                                       const unsigned char *const (&planes)[Layout::PLANES], int x,
                                       int y) {
    constexpr int BYTES = Layout::WORDS / 2;
    unsigned words[Layout::PLANES][Layout::WORDS];
    unsigned before[Layout::PLANES];
#pragma unroll
    for (int plane = 0; plane < Layout::PLANES; plane++) {
      const unsigned char *tile = rowOf(planes[plane], y, p.sourcePitch[plane]);
      before[plane] = loadPixel<BYTES, FAST>(tile - (x > 0 ? BYTES : 0));
      if (FAST) {
        loadWords(words[plane], tile, Layout::VECTOR);
      } else if (x + TILE <= p.width) {
        loadWords(words[plane], tile, p.alignment);
      } else {
        loadEdge(words[plane], tile, p.width - x);
      }
    }
#pragma unroll
    for (int c = 0; c < 3; c++) {
      const int plane = Layout::PLANES == 1 ? 0 : c;
      left[c] = Layout::single(before[plane], c);
#pragma unroll
      for (int i = 0; i < PAIRS; i++) {
        pairs[c][i] = Layout::pair(words[plane], c, i / 2 * 4 + i % 2);
      }
    }
  }

 private:
  static __device__ __forceinline__ void loadEdge(unsigned (&words)[Layout::WORDS],
                                                  const unsigned char *tile, int count) {
    constexpr int BYTES = Layout::WORDS / 2;
#pragma unroll
    for (int i = 0; i < Layout::WORDS; i++) {
      words[i] = 0;
    }
#pragma unroll
    for (int i = 0; i < TILE * BYTES; i++) {
      const int pixel = min(i / BYTES, count - 1);
      words[i >> 2] |= static_cast<unsigned>(__ldg(tile + pixel * BYTES + i % BYTES))
                       << (8 * (i & 3));
    }
  }
};

template <class Sum>
static __device__ __forceinline__ int code(const FrameParameter &p, int row, long long offset,
                                           int first, int second, int third) {
  const Sum sum = static_cast<Sum>(offset) + static_cast<Sum>(p.matrix[row][0]) * first +
                  static_cast<Sum>(p.matrix[row][1]) * second +
                  static_cast<Sum>(p.matrix[row][2]) * third;
  return static_cast<int>(sum >> p.shift);
}

template <class Layout, bool FAST>
static __device__ __forceinline__ void writeLuma(const FrameParameter &p, const Row<Layout> &row,
                                                 unsigned char *luma, int x, int y) {
  int codes[TILE];
#pragma unroll
  for (int i = 0; i < TILE; i++) {
    codes[i] = code<typename Layout::Sum>(p, 0, p.lumaOffset, row.pixel(0, i), row.pixel(1, i),
                                          row.pixel(2, i));
  }
  storeCodes<FAST>(rowOf(luma, y, p.lumaPitch), codes, p.width - x, p.sampleShift);
}

// Turns sums of four rows (1-3-3-1) into sums of three columns (1-2-1), then into U, V, U, V.
template <class Layout>
static __device__ __forceinline__ void chromaCodes(const FrameParameter &p, int (&codes)[TILE],
                                                   const int (&left)[3],
                                                   const typename Layout::Pair (&down)[3][PAIRS]) {
  using Pair = typename Layout::Pair;
  using Sum = typename Layout::Sum;
#pragma unroll
  for (int half = 0; half < 2; half++) {
    Pair sum[3];
#pragma unroll
    for (int c = 0; c < 3; c++) {
      const Pair odd = down[c][2 * half + 1];
      sum[c] = half == 0 ? Pair::shifted(left[c], odd) : Pair::shifted(down[c][1], odd);
      sum[c].add(down[c][2 * half], 2);
      sum[c].add(odd, 1);
    }
    int *four = &codes[4 * half];
#pragma unroll
    for (int i = 0; i < 2; i++) {
      // in full range the sum can end half a code above the highest one
      four[i] = min(code<Sum>(p, i + 1, p.chromaOffset, sum[0].low(), sum[1].low(), sum[2].low()),
                    p.maximum);
      four[i + 2] =
          min(code<Sum>(p, i + 1, p.chromaOffset, sum[0].high(), sum[1].high(), sum[2].high()),
              p.maximum);
    }
  }
}

// Eight columns of two rows: two rows of luma, one of chroma.
template <class Layout, bool FAST>
static __device__ __forceinline__ void convertTile(const FrameParameter &p, int x, int y) {
  const unsigned char *planes[Layout::PLANES];
#pragma unroll
  for (int plane = 0; plane < Layout::PLANES; plane++) {
    planes[plane] =
        devicePointer(p.source[plane]) + static_cast<long long>(x) * (Layout::WORDS / 2);
  }
  unsigned char *luma = devicePointer(p.luma) + (x << p.sampleShift);

  int left[3] = {0, 0, 0};
  typename Layout::Pair down[3][PAIRS] = {};
#pragma unroll(FAST ? Layout::UNROLL : 1)
  for (int tap = 0; tap < 4; tap++) {
    const bool own = tap == 1 || tap == 2;
    if (Layout::GRAY && !own) {
      continue;
    }
    const int sourceY = y - 1 + tap;
    Row<Layout> row;
    row.template load<FAST>(p, planes, x, clampIndex(sourceY, p.height));
    if (own && sourceY < p.height) {
      writeLuma<Layout, FAST>(p, row, luma, x, sourceY);
    }
    const int weight = Layout::GRAY ? 0 : own ? 3 : 1;
#pragma unroll
    for (int c = 0; c < 3; c++) {
      left[c] += weight * row.left[c];
#pragma unroll
      for (int i = 0; i < PAIRS; i++) {
        down[c][i].add(row.pairs[c][i], weight);
      }
    }
  }

  int codes[TILE];
  chromaCodes<Layout>(p, codes, left, down);
  storeCodes<FAST>(rowOf(devicePointer(p.chroma) + (x << p.sampleShift), y >> 1, p.chromaPitch), codes,
                   (p.width - x + 1) & ~1, p.sampleShift);
}

template <class Layout>
static __device__ __forceinline__ void convert(const FrameParameter &p) {
  const int x = (blockIdx.x * blockDim.x + threadIdx.x) * TILE;
  const int y = (blockIdx.y * blockDim.y + threadIdx.y) * 2;
  if (x >= p.width || y >= p.height) {
    return;
  }
  if (p.alignment >= Layout::VECTOR && x + TILE <= p.width) {
    convertTile<Layout, true>(p, x, y);
  } else {
    convertTile<Layout, false>(p, x, y);
  }
}

// Copies sixteen bytes of a row; z selects the plane.
static __device__ __forceinline__ void copy(const FrameParameter &p) {
  const bool chroma = blockIdx.z != 0;
  const int x = (blockIdx.x * blockDim.x + threadIdx.x) * 16;
  const int y = blockIdx.y * blockDim.y + threadIdx.y;
  const int rowBytes = (chroma ? (p.width + 1) & ~1 : p.width) << p.sampleShift;
  if (x >= rowBytes || y >= (chroma ? (p.height + 1) >> 1 : p.height)) {
    return;
  }
  const unsigned char *from = rowOf(devicePointer(chroma ? p.source[1] : p.source[0]) + x, y,
                                    chroma ? p.sourcePitch[1] : p.sourcePitch[0]);
  unsigned char *to = rowOf(devicePointer(chroma ? p.chroma : p.luma) + x, y,
                            chroma ? p.chromaPitch : p.lumaPitch);
  if (x + 16 <= rowBytes) {
    unsigned words[4];
    loadWords(words, from, p.alignment);
    *reinterpret_cast<uint4 *>(to) = make_uint4(words[0], words[1], words[2], words[3]);
  } else {
    for (int i = 0; i < rowBytes - x; i++) {
      to[i] = __ldg(from + i);
    }
  }
}

#define KERNEL(name, body) \
  extern "C" __global__ void __launch_bounds__(256) name(const FrameParameter p) { body(p); }

KERNEL(reelmux_rgb_planar, convert<BytePlanes<3>>)
KERNEL(reelmux_packed24, convert<Packed<3>>)
KERNEL(reelmux_packed32, convert<Packed<4>>)
KERNEL(reelmux_gray8, convert<BytePlanes<1>>)
KERNEL(reelmux_rgb_planar_f32, convert<FloatPlanes>)
KERNEL(reelmux_rgb_planar_f16, convert<HalfPlanes>)
KERNEL(reelmux_copy, copy)
