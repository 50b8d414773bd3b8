/* H.264 (ITU-T H.264, clauses 7.3 and 9): every macroblock is I_PCM, in CAVLC-coded I, P and B slices. */
#include "nvenc_standin.h"

#include <string.h>

enum {
  NAL_SLICE = 1,
  NAL_IDR = 5,
  NAL_SPS = 7,
  NAL_PPS = 8,
  NAL_DELIMITER = 9,
  FRAME_NUM_BITS = 8,
  ORDER_BITS = 16,
  PROFILE_BASELINE = 66,
  PROFILE_HIGH = 100,
  EXTENDED_SAR = 255,
};

static void put_unit(struct bits *out, int importance, int type, struct bits *payload) {
  uint8_t header = (uint8_t)(importance << 5 | type);
  put_nal(out, &header, 1, payload);
}

/* Table A-1 by frame size only; the bit rate of PCM exceeds every level. */
static int level_of(int blocks) {
  static const int limits[][2] = {{396, 20}, {1620, 30}, {3600, 31}, {8192, 40}, {8704, 42}, {22080, 50}, {36864, 51}};
  for (size_t i = 0; i < LENGTH(limits); i++) {
    if (blocks <= limits[i][0]) return limits[i][1];
  }
  return 62;
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
  put_bits(b, 1, 1); /* aspect_ratio_info */
  put_bits(b, 8, EXTENDED_SAR);
  put_bits(b, 16, v->sar_width);
  put_bits(b, 16, v->sar_height);
  put_bits(b, 1, 0); /* overscan */
  put_color(v, b);
  put_bits(b, 1, v->location_present);
  if (v->location_present) {
    put_ue(b, v->location);
    put_ue(b, v->location);
  }
  put_bits(b, 1, 1); /* timing: two ticks per frame */
  put_bits(b, 32, v->fps_den);
  put_bits(b, 32, 2 * v->fps_num);
  put_bits(b, 1, 0); /* fixed_frame_rate */
  put_bits(b, 3, 0); /* no HRD, no picture structure */
  put_bits(b, 1, 1); /* bitstream restriction */
  put_bits(b, 1, 1);
  put_ue(b, 0);
  put_ue(b, 0);
  put_ue(b, 16);
  put_ue(b, 16);
  put_ue(b, v->b_frames ? 1 : 0); /* reordered frames */
  put_ue(b, 2);
}

static void put_cropping(const struct video *v, int columns, int rows, struct bits *b) {
  unsigned right = (unsigned)(columns * 16 - v->width) / 2, bottom = (unsigned)(rows * 16 - v->height) / 2;
  put_bits(b, 1, right || bottom);
  if (!right && !bottom) return;
  put_ue(b, 0);
  put_ue(b, right);
  put_ue(b, 0);
  put_ue(b, bottom);
}

static void put_sps(const struct video *v, struct bits *b) {
  int columns = (v->width + 15) / 16, rows = (v->height + 15) / 16;
  put_bits(b, 8, (uint32_t)v->profile);
  put_bits(b, 8, v->profile == PROFILE_BASELINE ? 0xc0 : 0);
  put_bits(b, 8, (uint32_t)level_of(columns * rows));
  put_ue(b, 0); /* id */
  if (v->profile >= PROFILE_HIGH) {
    put_ue(b, 1); /* 4:2:0 */
    put_ue(b, 0);
    put_ue(b, 0);
    put_bits(b, 2, 0);
  }
  put_ue(b, FRAME_NUM_BITS - 4);
  put_ue(b, 0); /* picture order counts are sent */
  put_ue(b, ORDER_BITS - 4);
  put_ue(b, 2); /* reference frames */
  put_bits(b, 1, 0);
  put_ue(b, (uint32_t)columns - 1);
  put_ue(b, (uint32_t)rows - 1);
  put_bits(b, 1, 1); /* frame_mbs_only */
  put_bits(b, 1, 1); /* direct_8x8_inference */
  put_cropping(v, columns, rows, b);
  put_bits(b, 1, 1);
  put_vui(v, b);
  put_trailing(b);
}

static void put_pps(struct bits *b) {
  put_ue(b, 0);
  put_ue(b, 0);
  put_bits(b, 2, 0); /* CAVLC; no bottom field order */
  put_ue(b, 0);
  put_ue(b, 0);
  put_ue(b, 0);
  put_bits(b, 3, 0); /* no weighting */
  put_se(b, 0);
  put_se(b, 0);
  put_se(b, 0);
  put_bits(b, 3, 4); /* deblocking control present */
  put_trailing(b);
}

bool h264_headers(const struct video *video, struct bits *out) {
  struct bits payload = {0};
  put_sps(video, &payload);
  put_unit(out, 3, NAL_SPS, &payload);
  put_pps(&payload);
  put_unit(out, 3, NAL_PPS, &payload);
  free_bits(&payload);
  return !out->failed;
}

/* All frames but B frames are references; each of the two lists has one entry, the nearest reference. */
static void put_slice_header(const struct coding *c, struct bits *b) {
  static const uint8_t types[] = {[FRAME_P] = 5, [FRAME_B] = 6, [FRAME_I] = 7, [FRAME_IDR] = 7};
  put_ue(b, 0);
  put_ue(b, types[c->type]);
  put_ue(b, 0);
  put_bits(b, FRAME_NUM_BITS, c->reference & ((1 << FRAME_NUM_BITS) - 1));
  if (c->type == FRAME_IDR) put_ue(b, c->idr & 1);
  put_bits(b, ORDER_BITS, 2 * c->order & ((1 << ORDER_BITS) - 1));
  if (c->type == FRAME_B) put_bits(b, 1, 1); /* spatial direct */
  if (c->type == FRAME_P || c->type == FRAME_B) put_bits(b, 1, 0);
  if (c->type == FRAME_P) put_bits(b, 1, 0); /* default lists */
  if (c->type == FRAME_B) put_bits(b, 2, 0);
  if (c->type == FRAME_IDR) put_bits(b, 2, 0);
  else if (c->type != FRAME_B) put_bits(b, 1, 0); /* sliding window */
  put_se(b, 0);
  put_ue(b, 1); /* no deblocking */
}

static void put_block(const struct image *image, int column, int row, struct bits *b) {
  for (int plane = 0; plane < 3; plane++) {
    int size = plane ? 8 : 16, stride = plane ? image->luma_width / 2 : image->luma_width;
    const uint8_t *from = image->planes[plane] + (size_t)row * (size_t)size * (size_t)stride + (size_t)(column * size);
    for (int y = 0; y < size; y++) put_bytes(b, from + (size_t)y * (size_t)stride, (size_t)size);
  }
}

bool h264_frame(const struct video *video, const struct image *image, const struct coding *c, struct bits *out) {
  static const uint8_t block_types[] = {[FRAME_P] = 30, [FRAME_B] = 48, [FRAME_I] = 25, [FRAME_IDR] = 25};
  struct bits payload = {0};
  if (video->access_delimiters) {
    put_bits(&payload, 3, 7);
    put_trailing(&payload);
    put_unit(out, 0, NAL_DELIMITER, &payload);
  }
  if (c->type == FRAME_IDR && (video->headers_repeated || (video->headers_once && !c->idr))) h264_headers(video, out);
  put_slice_header(c, &payload);
  for (int row = 0; row < image->luma_height / 16; row++) {
    for (int column = 0; column < image->luma_width / 16; column++) {
      if (c->type == FRAME_P || c->type == FRAME_B) put_ue(&payload, 0); /* none skipped */
      put_ue(&payload, block_types[c->type]);
      put_align(&payload);
      put_block(image, column, row, &payload);
    }
  }
  put_trailing(&payload);
  put_unit(out, c->type == FRAME_B ? 0 : 2, c->type == FRAME_IDR ? NAL_IDR : NAL_SLICE, &payload);
  free_bits(&payload);
  return !out->failed;
}
