// Pictures of any layout to NV12 or P010 surfaces. README.md has the formula.
//
// Compiled by nvcc to PTX and, for tests, by g++ through a shim: no shared memory, no barriers, no
// warp operations here. After a sample is read all arithmetic is in integers, so both give the same
// bits.
#include "picture.cuh"
#include "layouts.cuh"

// One row of eight pixels, and the pixel left of them, as components.
template <class Layout>
struct Row {
  int left[3];
  int pixels[3][TILE];

  // FAST: eight whole pixels at full width. Otherwise the pixel at the right edge stands for those
  // beyond it.
  template <bool FAST>
  __device__ __forceinline__ void load(const PictureParameter &p,
                                       const unsigned char *const (&planes)[Layout::PLANES], int x,
                                       int y) {
    constexpr int BYTES = Layout::WORDS / 2;
    unsigned words[Layout::PLANES][Layout::WORDS];
    unsigned before[Layout::PLANES];
#pragma unroll
    for (int plane = 0; plane < Layout::PLANES; plane++) {
      const unsigned char *row = planes[plane] + y * p.sourcePitch[plane];
      before[plane] = loadPixel<BYTES, FAST>(row + static_cast<long long>(max(x - 1, 0)) * BYTES);
      const unsigned char *tile = row + static_cast<long long>(x) * BYTES;
      if (FAST) {
        loadWords(words[plane], tile, Layout::VECTOR);
      } else if (x + TILE <= p.width) {
        loadWords(words[plane], tile, p.alignment);
      } else {
        loadEdge(words[plane], row, x, p.width);
      }
    }
#pragma unroll
    for (int c = 0; c < 3; c++) {
      const int plane = Layout::PLANES == 1 ? 0 : c;
      left[c] = Layout::sample(&before[plane], c, 0);
#pragma unroll
      for (int i = 0; i < TILE; i++) {
        pixels[c][i] = Layout::sample(words[plane], c, i);
      }
    }
  }

 private:
  static __device__ __forceinline__ void loadEdge(unsigned (&words)[Layout::WORDS],
                                                  const unsigned char *row, int x, int width) {
    constexpr int BYTES = Layout::WORDS / 2;
#pragma unroll
    for (int i = 0; i < Layout::WORDS; i++) {
      words[i] = 0;
    }
#pragma unroll
    for (int i = 0; i < TILE * BYTES; i++) {
      const long long column = clampIndex(x + i / BYTES, width);
      words[i >> 2] |= static_cast<unsigned>(__ldg(row + column * BYTES + i % BYTES))
                       << (8 * (i & 3));
    }
  }
};

template <class Sum>
static __device__ __forceinline__ int code(const PictureParameter &p, int row, long long offset,
                                           int first, int second, int third) {
  const Sum sum = static_cast<Sum>(offset) + static_cast<Sum>(p.matrix[row][0]) * first +
                  static_cast<Sum>(p.matrix[row][1]) * second +
                  static_cast<Sum>(p.matrix[row][2]) * third;
  return min(static_cast<int>(sum >> p.shift), p.maximum);
}

template <class Layout, bool FAST>
static __device__ __forceinline__ void writeLuma(const PictureParameter &p, const Row<Layout> &row,
                                                 unsigned char *luma, int x, int y) {
  int codes[TILE];
#pragma unroll
  for (int i = 0; i < TILE; i++) {
    codes[i] = code<typename Layout::Sum>(p, 0, p.lumaOffset, row.pixels[0][i], row.pixels[1][i],
                                          row.pixels[2][i]);
  }
  storeCodes<FAST>(luma + y * p.lumaPitch + (static_cast<long long>(x) << p.deep), codes,
             min(TILE, p.width - x), p.deep);
}

// Eight columns of two rows: two rows of luma, one of chroma.
template <class Layout, bool FAST>
static __device__ __forceinline__ void convertTile(const PictureParameter &p, int x, int y) {
  const unsigned char *planes[Layout::PLANES];
#pragma unroll
  for (int plane = 0; plane < Layout::PLANES; plane++) {
    planes[plane] = devicePointer(p.source[plane]);
  }
  unsigned char *luma = devicePointer(p.luma);

  // sums of four rows, 1-3-3-1
  int left[3] = {0, 0, 0};
  int down[3][TILE] = {};
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
    const int weight = own ? 3 : 1;
#pragma unroll
    for (int c = 0; c < 3; c++) {
      left[c] += weight * row.left[c];
#pragma unroll
      for (int i = 0; i < TILE; i++) {
        down[c][i] += weight * row.pixels[c][i];
      }
    }
  }

  int codes[TILE];
#pragma unroll
  for (int i = 0; i < TILE; i += 2) {
    int sum[3];
#pragma unroll
    for (int c = 0; c < 3; c++) {
      sum[c] = Layout::GRAY ? 0 : (i == 0 ? left[c] : down[c][i - 1]) + 2 * down[c][i] + down[c][i + 1];
    }
    codes[i] = code<typename Layout::Sum>(p, 1, p.chromaOffset, sum[0], sum[1], sum[2]);
    codes[i + 1] = code<typename Layout::Sum>(p, 2, p.chromaOffset, sum[0], sum[1], sum[2]);
  }
  storeCodes<FAST>(devicePointer(p.chroma) + (y >> 1) * p.chromaPitch +
                 (static_cast<long long>(x) << p.deep),
             codes, min(TILE, (p.width - x + 1) & ~1), p.deep);
}

template <class Layout>
static __device__ __forceinline__ void convert(const PictureParameter &p) {
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

// Sixteen bytes of a row; z is the plane.
static __device__ __forceinline__ void copy(const PictureParameter &p) {
  const bool chroma = blockIdx.z != 0;
  const int x = (blockIdx.x * blockDim.x + threadIdx.x) * 16;
  const int y = blockIdx.y * blockDim.y + threadIdx.y;
  const int rowBytes = (chroma ? (p.width + 1) & ~1 : p.width) << p.deep;
  if (x >= rowBytes || y >= (chroma ? (p.height + 1) >> 1 : p.height)) {
    return;
  }
  const unsigned char *from = devicePointer(chroma ? p.source[1] : p.source[0]) +
                              y * (chroma ? p.sourcePitch[1] : p.sourcePitch[0]) + x;
  unsigned char *to =
      devicePointer(chroma ? p.chroma : p.luma) + y * (chroma ? p.chromaPitch : p.lumaPitch) + x;
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
  extern "C" __global__ void __launch_bounds__(256) name(const PictureParameter p) { body(p); }

KERNEL(reelmux_rgb_planar, convert<RgbPlanar>)
KERNEL(reelmux_packed24, convert<Packed<3>>)
KERNEL(reelmux_packed32, convert<Packed<4>>)
KERNEL(reelmux_gray8, convert<Gray>)
KERNEL(reelmux_rgb_planar_f32, convert<RgbPlanarFloat>)
KERNEL(reelmux_rgb_planar_f16, convert<RgbPlanarHalf>)
KERNEL(reelmux_copy, copy)
