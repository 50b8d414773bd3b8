/* Pictures the client gives: buffers of this library, or device memory that was registered. */
#ifndef NVENC_INPUT_H
#define NVENC_INPUT_H

#include "nvenc_standin.h"

struct input {
  struct input *next;
  unsigned format;
  int width, height;
  size_t pitch;
  uint8_t *host;            /* a buffer of this library; null for device memory */
  unsigned long long device; /* the address that was registered */
  bool mapped;
};

/* Bytes from the first to the last sample, or 0 for a format that is not taken. */
size_t input_extent(const struct input *input);

/* Device memory only: whether all of it is inside one allocation. */
bool input_is_allocated(const struct input *input);

/*
 * Reads the picture as 4:2:0 planes of whole 16x16 blocks, the last row and column repeated. Device memory is read in the
 * stream, which is waited for. Free image->planes[0]. False when a copy fails or memory runs out.
 */
bool read_input(const struct input *input, int width, int height, int depth, void *stream, struct image *image);

/* CUDA's calls, so that the real driver may take the stand-in's place. */
int cuCtxPushCurrent_v2(void *context);
int cuCtxPopCurrent_v2(void **context);

#endif
