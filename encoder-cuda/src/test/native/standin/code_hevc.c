/*
 * HEVC (ITU-T H.265, clauses 7.3 and 9.3): every 16x16 coding tree block is one PCM coding unit. All slices are I slices
 * with an empty reference picture set, whatever the frame's type; the coding and display orders are real.
 */
#include "nvenc_standin.h"

#include <string.h>

enum {
  NAL_TRAIL_N = 0,
  NAL_TRAIL_R = 1,
  NAL_IDR = 20,
  NAL_VPS = 32,
  NAL_SPS = 33,
  NAL_PPS = 34,
  NAL_DELIMITER = 35,
  ORDER_BITS = 16,
  EXTENDED_SAR = 255,
};

static void put_unit(struct bits *out, int type, struct bits *payload) {
  uint8_t header[] = {(uint8_t)(type << 1), 1};
  put_nal(out, header, sizeof(header), payload);
}

/* Table A.8 by frame size only, times 30. */
static uint32_t level_of(long samples) {
  static const long limits[][2] = {{122880, 60}, {245760, 63}, {552960, 90}, {983040, 93}, {2228224, 120}, {8912896, 150}};
  for (size_t i = 0; i < LENGTH(limits); i++) {
    if (samples <= limits[i][0]) return (uint32_t)limits[i][1];
  }
  return 186;
}

static void put_profile(const struct video *v, struct bits *b) {
  put_bits(b, 8, (uint32_t)v->profile);
  uint32_t compatible = 1u << (31 - v->profile) | (v->profile == 1 ? 1u << 29 : 0);
  put_bits(b, 32, compatible);
  put_bits(b, 4, 9); /* progressive, frames only */
  put_bits(b, 32, 0);
  put_bits(b, 12, 0);
  put_bits(b, 8, level_of((long)v->width * v->height));
}

static void put_buffering(const struct video *v, struct bits *b) {
  put_bits(b, 1, 1);
  put_ue(b, 2);
  put_ue(b, v->b_frames ? 1 : 0);
  put_ue(b, 0);
}

static void put_vps(const struct video *v, struct bits *b) {
  put_bits(b, 4, 0);
  put_bits(b, 2, 3);
  put_bits(b, 9, 0); /* one layer, one sub-layer */
  put_bits(b, 1, 1);
  put_bits(b, 16, 0xffff);
  put_profile(v, b);
  put_buffering(v, b);
  put_bits(b, 6, 0);
  put_ue(b, 0);
  put_bits(b, 2, 0); /* no timing, no extension */
  put_trailing(b);
}

static void put_color(const struct video *v, struct bits *b) {
  put_bits(b, 1, v->signal_present);
  if (!v->signal_present) return;
  put_bits(b, 3, v->video_format);
  put_bits(b, 1, v->full_range);
  put_bits(b, 1, v->color_present);
  if (!v->color_present) return;
  put_bits(b, 8, v->primaries);
  put_bits(b, 8, v->transfer);
  put_bits(b, 8, v->matrix);
}

static void put_vui(const struct video *v, struct bits *b) {
  put_bits(b, 1, 1);
  put_bits(b, 8, EXTENDED_SAR);
  put_bits(b, 16, v->sar_width);
  put_bits(b, 16, v->sar_height);
  put_bits(b, 1, 0);
  put_color(v, b);
  put_bits(b, 1, v->location_present);
  if (v->location_present) {
    put_ue(b, v->location);
    put_ue(b, v->location);
  }
  put_bits(b, 4, 0); /* fields, default window */
  put_bits(b, 1, 1);
  put_bits(b, 32, v->fps_den);
  put_bits(b, 32, v->fps_num);
  put_bits(b, 3, 0); /* no HRD, no restriction */
}

static void put_window(const struct video *v, int width, int height, struct bits *b) {
  unsigned right = (unsigned)(width - v->width) / 2, bottom = (unsigned)(height - v->height) / 2;
  put_bits(b, 1, right || bottom);
  if (!right && !bottom) return;
  put_ue(b, 0);
  put_ue(b, right);
  put_ue(b, 0);
  put_ue(b, bottom);
}

static void put_blocks(const struct video *v, struct bits *b) {
  uint32_t depth = (uint32_t)v->depth;
  put_ue(b, 1); /* 16x16 coding blocks */
  put_ue(b, 0);
  put_ue(b, 0); /* transforms from 4x4 to 16x16 */
  put_ue(b, 2);
  put_ue(b, 0);
  put_ue(b, 0);
  put_bits(b, 3, 0); /* no scaling lists, no AMP, no SAO */
  put_bits(b, 1, 1); /* 16x16 PCM blocks */
  put_bits(b, 4, depth - 1);
  put_bits(b, 4, depth - 1);
  put_ue(b, 1);
  put_ue(b, 0);
  put_bits(b, 1, 1); /* not filtered */
}

static void put_sps(const struct video *v, struct bits *b) {
  int width = (v->width + 15) / 16 * 16, height = (v->height + 15) / 16 * 16;
  put_bits(b, 7, 0);
  put_bits(b, 1, 1);
  put_profile(v, b);
  put_ue(b, 0);
  put_ue(b, 1); /* 4:2:0 */
  put_ue(b, (uint32_t)width);
  put_ue(b, (uint32_t)height);
  put_window(v, width, height, b);
  put_ue(b, (uint32_t)v->depth - 8);
  put_ue(b, (uint32_t)v->depth - 8);
  put_ue(b, ORDER_BITS - 4);
  put_buffering(v, b);
  put_blocks(v, b);
  put_ue(b, 1); /* one reference picture set, empty */
  put_ue(b, 0);
  put_ue(b, 0);
  put_bits(b, 3, 0);
  put_bits(b, 1, 1);
  put_vui(v, b);
  put_bits(b, 1, 0);
  put_trailing(b);
}

static void put_pps(struct bits *b) {
  put_ue(b, 0);
  put_ue(b, 0);
  put_bits(b, 7, 0);
  put_ue(b, 0);
  put_ue(b, 0);
  put_se(b, 0); /* QP 26 */
  put_bits(b, 3, 0);
  put_se(b, 0);
  put_se(b, 0);
  put_bits(b, 7, 0); /* up to loop filter across slices */
  put_bits(b, 3, 5); /* deblocking: control, no override, disabled */
  put_bits(b, 2, 0);
  put_ue(b, 0);
  put_bits(b, 2, 0);
  put_trailing(b);
}

bool hevc_headers(const struct video *video, struct bits *out) {
  struct bits payload = {0};
  put_vps(video, &payload);
  put_unit(out, NAL_VPS, &payload);
  put_sps(video, &payload);
  put_unit(out, NAL_SPS, &payload);
  put_pps(&payload);
  put_unit(out, NAL_PPS, &payload);
  free_bits(&payload);
  return !out->failed;
}

/* The arithmetic coder of clause 9.3.4. Only part_mode has a context, and its bin is always the most probable symbol. */
struct cabac {
  uint32_t low, range;
  int outstanding;
  bool first;
  int state; /* of part_mode; preserved across PCM blocks */
};

/* Table 9-52: ranges of the least probable symbol. */
static const uint8_t lps_range[63][4] = {{128, 176, 208, 240}, {128, 167, 197, 227}, {128, 158, 187, 216},
    {123, 150, 178, 205}, {116, 142, 169, 195}, {111, 135, 160, 185}, {105, 128, 152, 175}, {100, 122, 144, 166},
    {95, 116, 137, 158}, {90, 110, 130, 150}, {85, 104, 123, 142}, {81, 99, 117, 135}, {77, 94, 111, 128},
    {73, 89, 105, 122}, {69, 85, 100, 116}, {66, 80, 95, 110}, {62, 76, 90, 104}, {59, 72, 86, 99}, {56, 69, 81, 94},
    {53, 65, 77, 89}, {51, 62, 73, 85}, {48, 59, 69, 80}, {46, 56, 66, 76}, {43, 53, 63, 72}, {41, 50, 59, 69},
    {39, 48, 56, 65}, {37, 45, 54, 62}, {35, 43, 51, 59}, {33, 41, 48, 56}, {32, 39, 46, 53}, {30, 37, 43, 50},
    {29, 35, 41, 48}, {27, 33, 39, 45}, {26, 31, 37, 43}, {24, 30, 35, 41}, {23, 28, 33, 39}, {22, 27, 32, 37},
    {21, 26, 30, 35}, {20, 24, 29, 33}, {19, 23, 27, 31}, {18, 22, 26, 30}, {17, 21, 25, 28}, {16, 20, 23, 27},
    {15, 19, 22, 25}, {14, 18, 21, 24}, {14, 17, 20, 23}, {13, 16, 19, 22}, {12, 15, 18, 21}, {12, 14, 17, 20},
    {11, 14, 16, 19}, {11, 13, 15, 18}, {10, 12, 15, 17}, {10, 12, 14, 16}, {9, 11, 13, 15}, {9, 11, 12, 14},
    {8, 10, 12, 14}, {8, 9, 11, 13}, {7, 9, 11, 12}, {7, 9, 10, 12}, {7, 8, 10, 11}, {6, 8, 9, 11}, {6, 7, 9, 10},
    {6, 7, 8, 9}};

static void restart(struct cabac *c) {
  c->low = 0;
  c->range = 510;
  c->outstanding = 0;
  c->first = true;
}

static void put_bin_bit(struct cabac *c, struct bits *b, uint32_t bit) {
  if (c->first) c->first = false;
  else put_bits(b, 1, bit);
  for (; c->outstanding; c->outstanding--) put_bits(b, 1, !bit);
}

static void renormalize(struct cabac *c, struct bits *b) {
  while (c->range < 256) {
    if (c->low < 256) {
      put_bin_bit(c, b, 0);
    } else if (c->low >= 512) {
      c->low -= 512;
      put_bin_bit(c, b, 1);
    } else {
      c->low -= 256;
      c->outstanding++;
    }
    c->range <<= 1;
    c->low <<= 1;
  }
}

static void put_mps(struct cabac *c, struct bits *b) {
  c->range -= lps_range[c->state][c->range >> 6 & 3];
  if (c->state < 62) c->state++;
  renormalize(c, b);
}

/* A terminating bin; after a one, the last bit written ends the slice or precedes PCM alignment. */
static void put_terminate(struct cabac *c, struct bits *b, bool last) {
  c->range -= 2;
  if (!last) {
    renormalize(c, b);
    return;
  }
  c->low += c->range;
  c->range = 2;
  renormalize(c, b);
  put_bin_bit(c, b, c->low >> 9 & 1);
  put_bits(b, 2, (c->low >> 7 & 3) | 1);
}

static void put_samples(const struct image *image, int column, int row, struct bits *b) {
  size_t bytes = image->depth > 8 ? 2 : 1;
  for (int plane = 0; plane < 3; plane++) {
    size_t size = plane ? 8 : 16, stride = (size_t)image->luma_width * bytes / (plane ? 2 : 1);
    const uint8_t *from = image->planes[plane] + (size_t)row * size * stride + (size_t)column * size * bytes;
    for (size_t y = 0; y < size; y++, from += stride) {
      if (bytes == 1) {
        put_bytes(b, from, size);
        continue;
      }
      const uint16_t *samples = (const uint16_t *)(const void *)from;
      for (size_t x = 0; x < size; x++) put_bits(b, image->depth, samples[x]);
    }
  }
}

static void put_slice_header(const struct coding *c, struct bits *b) {
  put_bits(b, 1, 1);
  if (c->type == FRAME_IDR) put_bits(b, 1, 0);
  put_ue(b, 0);
  put_ue(b, 2); /* I */
  if (c->type != FRAME_IDR) {
    put_bits(b, ORDER_BITS, c->order & ((1 << ORDER_BITS) - 1));
    put_bits(b, 1, 1);
  }
  put_se(b, 0);
  put_trailing(b);
}

bool hevc_frame(const struct video *video, const struct image *image, const struct coding *c, struct bits *out) {
  struct bits payload = {0};
  if (video->access_delimiters) {
    put_bits(&payload, 3, 2);
    put_trailing(&payload);
    put_unit(out, NAL_DELIMITER, &payload);
  }
  if (c->type == FRAME_IDR && (video->headers_repeated || (video->headers_once && !c->idr))) hevc_headers(video, out);
  put_slice_header(c, &payload);
  struct cabac cabac = {.state = 0};
  restart(&cabac);
  int columns = image->luma_width / 16, blocks = columns * (image->luma_height / 16);
  for (int i = 0; i < blocks; i++) {
    put_mps(&cabac, &payload); /* part_mode 2Nx2N */
    put_terminate(&cabac, &payload, true); /* pcm_flag */
    put_align(&payload);
    put_samples(image, i % columns, i / columns, &payload);
    restart(&cabac);
    put_terminate(&cabac, &payload, i == blocks - 1);
  }
  put_align(&payload);
  put_unit(out, c->type == FRAME_IDR ? NAL_IDR : c->type == FRAME_B ? NAL_TRAIL_N : NAL_TRAIL_R, &payload);
  free_bits(&payload);
  return !out->failed;
}
