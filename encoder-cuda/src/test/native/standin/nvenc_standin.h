/* Shared by the parts of the stand-in libnvidia-encode. Codes and numbers are those of NVENC API 13.1. */
#ifndef NVENC_STANDIN_H
#define NVENC_STANDIN_H

#include "bits.h"
#include "standin.h"

enum { API_MAJOR = 13, API_MINOR = 1, API_VERSION = API_MAJOR | API_MINOR << 24 };

/* The version field of a structure; bit 31 is set in those with large reserved areas. */
#define STRUCT_VERSION(number) (API_VERSION | (number) << 16 | 7 << 28)
#define LARGE_STRUCT_VERSION(number) ((int)((uint32_t)STRUCT_VERSION(number) | 1u << 31))

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

enum frame_type { FRAME_P = 0, FRAME_B = 1, FRAME_I = 2, FRAME_IDR = 3 };

struct guid {
  uint32_t a;
  uint16_t b, c;
  uint8_t d[8];
};

/* Contents of the stream headers; filled from the client's configuration. */
struct video {
  enum codec codec;
  int width, height, depth;
  unsigned sar_width, sar_height;
  unsigned fps_num, fps_den;
  int profile; /* profile_idc of H.264 or general_profile_idc of HEVC */
  bool signal_present, full_range, color_present, location_present;
  unsigned video_format, primaries, transfer, matrix, location;
  int b_frames;
  bool access_delimiters;
  bool headers_once, headers_repeated; /* in the stream: with the first IDR frame, with every one */
  unsigned gop, idr_period, lookahead;
};

/* A 4:2:0 image whose planes are padded to whole 16x16 blocks; two-byte samples if depth is 10. */
struct image {
  int depth;
  int luma_width, luma_height; /* padded */
  uint8_t *planes[3];
};

/* How one frame is coded. */
struct coding {
  enum frame_type type;
  unsigned order;     /* display position since the last IDR frame */
  unsigned reference; /* reference frames since the last IDR frame (frame_num) */
  unsigned idr;       /* number of the IDR frame */
};

/* Sequence headers, then frames. Each function appends to `out`, and returns false on failure. */
bool h264_headers(const struct video *video, struct bits *out);
bool h264_frame(const struct video *video, const struct image *image, const struct coding *coding, struct bits *out);
bool hevc_headers(const struct video *video, struct bits *out);
bool hevc_frame(const struct video *video, const struct image *image, const struct coding *coding, struct bits *out);
/* AV1 keeps an encoder; `state` is null at first, and av1_close frees it. */
struct av1;
bool av1_headers(const struct video *video, struct bits *out);
bool av1_frame(const struct video *video, struct av1 **state, const struct image *image, const struct coding *coding,
    struct bits *out);
void av1_close(struct av1 *state);

#endif
