/* What the parts of the stand-in libnvidia-encode share. Codes and numbers are those of the NVENC API 13.0. */
#ifndef NVENC_STANDIN_H
#define NVENC_STANDIN_H

#include "bits.h"
#include "standin.h"

enum {
  NVENC_SUCCESS = 0,
  NVENC_INVALID_ENCODERDEVICE = 3,
  NVENC_INVALID_DEVICE = 4,
  NVENC_INVALID_PTR = 6,
  NVENC_INVALID_PARAM = 8,
  NVENC_INVALID_CALL = 9,
  NVENC_OUT_OF_MEMORY = 10,
  NVENC_NOT_INITIALIZED = 11,
  NVENC_UNSUPPORTED_PARAM = 12,
  NVENC_LOCK_BUSY = 13,
  NVENC_INVALID_VERSION = 15,
  NVENC_MAP_FAILED = 16,
  NVENC_NEED_MORE_INPUT = 17,
  NVENC_GENERIC = 20,
  NVENC_UNIMPLEMENTED = 22,
  NVENC_REGISTER_FAILED = 23,
  NVENC_NOT_REGISTERED = 24,
};

enum { FORMAT_NV12 = 1, FORMAT_YV12 = 0x10, FORMAT_IYUV = 0x100, FORMAT_P010 = 0x10000 };

enum codec { CODEC_H264, CODEC_HEVC, CODEC_AV1, CODEC_NONE };

enum picture_type { PICTURE_P = 0, PICTURE_B = 1, PICTURE_I = 2, PICTURE_IDR = 3 };

struct guid {
  uint32_t a;
  uint16_t b, c;
  uint8_t d[8];
};

/* What a stream's headers say; filled from the client's configuration. */
struct video {
  enum codec codec;
  int width, height, depth;
  unsigned sar_width, sar_height;
  unsigned fps_num, fps_den;
  int profile; /* profile_idc of H.264 or general_profile_idc of HEVC */
  bool signal_present, full_range, colour_present, location_present;
  unsigned video_format, primaries, transfer, matrix, location;
  int b_frames;
  bool access_delimiters;
  bool headers_once, headers_repeated; /* in the stream: with the first, with each IDR picture */
  unsigned gop, idr_period, lookahead;
};

/* A 4:2:0 picture whose planes are padded to whole 16x16 blocks; samples of two bytes when depth is 10. */
struct image {
  int depth;
  int luma_width, luma_height; /* padded */
  uint8_t *planes[3];
};

/* How one picture is coded. */
struct coding {
  enum picture_type type;
  unsigned order;     /* display position since the last IDR picture */
  unsigned reference; /* reference pictures since the last IDR picture (frame_num) */
  unsigned idr;       /* number of the IDR picture */
};

/* Sequence headers, then pictures: each appends to `out`; false when it cannot. */
bool h264_headers(const struct video *video, struct bits *out);
bool h264_picture(const struct video *video, const struct image *image, const struct coding *coding, struct bits *out);
bool hevc_headers(const struct video *video, struct bits *out);
bool hevc_picture(const struct video *video, const struct image *image, const struct coding *coding, struct bits *out);
/* AV1 keeps an encoder; `state` starts as null and is freed by av1_close. */
struct av1;
bool av1_headers(const struct video *video, struct bits *out);
bool av1_picture(const struct video *video, struct av1 **state, const struct image *image, const struct coding *coding,
    struct bits *out);
void av1_close(struct av1 *state);

#endif
