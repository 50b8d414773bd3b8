/* Shared by the parts of the stand-in libnvcuvid. */
#ifndef NVDEC_STANDIN_H
#define NVDEC_STANDIN_H

#include "fields.h"
#include "standin.h"

struct copy_2d { /* CUDA_MEMCPY2D */
  size_t source_x, source_y;
  int source_kind;
  const void *source_host;
  unsigned long long source_device;
  void *source_array;
  size_t source_pitch;
  size_t target_x, target_y;
  int target_kind;
  void *target_host;
  unsigned long long target_device;
  void *target_array;
  size_t target_pitch;
  size_t width, height;
};

/* One slice with its start code, as the client passes it. */
struct coded {
  const uint8_t *bytes;
  size_t size;
  bool hevc;
  int width, height, depth; /* multiples of 16; 8 or 10 bits */
};

/*
 * nvdec_pcm.c: decodes a slice whose blocks are all PCM into luma and interleaved chroma without padding: bytes, or words
 * with the bits at the top. Returns false if it is none that the stand-in encoder writes.
 */
bool decode_pcm(const struct coded *coded, uint8_t *picture);

#endif
