/* The client's frames: buffers of this library, or registered device memory. */
#ifndef NVENC_INPUT_H
#define NVENC_INPUT_H

#include "nvenc_standin.h"

struct input {
  struct input *next;
  unsigned format;
  int width, height;
  size_t pitch;
  uint8_t *host;            /* a buffer of this library; null for device memory */
  unsigned long long device; /* the registered address */
  bool mapped;
};

/* Bytes from the first to the last sample, or 0 for an unsupported format. */
size_t input_extent(const struct input *input);

/* For device memory: whether all of it is inside one allocation. */
bool input_is_allocated(const struct input *input);

/*
 * Reads the frame as 4:2:0 planes padded to whole 16x16 blocks by repeating the last row and column. Device memory is read
 * in the stream, and the call waits for it. The caller frees image->planes[0]. Returns false if a copy fails or memory
 * runs out.
 */
bool read_input(const struct input *input, int width, int height, int depth, void *stream, struct image *image);

/* CUDA functions, declared here so that the real driver can replace the stand-in. */
int cuCtxPushCurrent_v2(void *context);
int cuCtxPopCurrent_v2(void **context);

#endif
