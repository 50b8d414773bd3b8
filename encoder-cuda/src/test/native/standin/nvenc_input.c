#include "nvenc_input.h"

#include <stdlib.h>
#include <string.h>

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

enum { HOST = 1, DEVICE = 2 };

int cuMemcpy2DAsync_v2(const struct copy_2d *copy, void *stream);
int cuStreamSynchronize(void *stream);
int cuMemGetAddressRange_v2(unsigned long long *base, size_t *size, unsigned long long pointer);

static size_t sample_bytes(const struct input *input) {
  return input->format == FORMAT_P010 ? 2 : 1;
}

static bool is_planar(const struct input *input) {
  return input->format == FORMAT_YV12 || input->format == FORMAT_IYUV;
}

static size_t chroma_rows(const struct input *input) {
  return (size_t)(input->height + 1) / 2;
}

size_t input_extent(const struct input *input) {
  size_t luma = input->pitch * (size_t)input->height;
  if (is_planar(input)) return luma + input->pitch / 2 * 2 * chroma_rows(input);
  if (input->format != FORMAT_NV12 && input->format != FORMAT_P010) return 0;
  size_t last_row = (size_t)(input->width + 1) / 2 * 2 * sample_bytes(input);
  return luma + input->pitch * (chroma_rows(input) - 1) + last_row;
}

bool input_is_allocated(const struct input *input) {
  unsigned long long base;
  size_t size;
  if (cuMemGetAddressRange_v2(&base, &size, input->device)) return false;
  return input->device + input_extent(input) <= base + size;
}

/* A copy of the frame with its memory layout, or the buffer itself. */
static const uint8_t *fetch(const struct input *input, void *stream, uint8_t **copy) {
  *copy = NULL;
  if (input->host) return input->host;
  size_t extent = input_extent(input);
  *copy = malloc(extent);
  if (!*copy) return NULL;
  struct copy_2d c = {.source_kind = DEVICE, .source_device = input->device, .source_pitch = extent,
      .target_kind = HOST, .target_host = *copy, .target_pitch = extent, .width = extent, .height = 1};
  return cuMemcpy2DAsync_v2(&c, stream) || cuStreamSynchronize(stream) ? NULL : *copy;
}

static bool new_image(struct image *image, int width, int height, int depth) {
  size_t bytes = depth > 8 ? 2 : 1;
  image->depth = depth;
  image->luma_width = (width + 15) / 16 * 16;
  image->luma_height = (height + 15) / 16 * 16;
  size_t luma = (size_t)image->luma_width * (size_t)image->luma_height * bytes;
  image->planes[0] = malloc(luma * 3 / 2);
  image->planes[1] = image->planes[0] + luma;
  image->planes[2] = image->planes[1] + luma / 4;
  return image->planes[0] != NULL;
}

/* One sample for every `step` samples of a source row; repeats the last one up to the padded width. */
static void read_row(uint8_t *to, const uint8_t *from, size_t bytes, size_t step, int width, int padded, int depth) {
  for (int x = 0; x < padded; x++) {
    const uint8_t *sample = from + (size_t)(x < width ? x : width - 1) * step * bytes;
    if (bytes == 1 && depth == 8) {
      to[x] = *sample;
      continue;
    }
    unsigned value = bytes == 2 ? (unsigned)(sample[0] | sample[1] << 8) >> 6 : (unsigned)*sample << 2;
    ((uint16_t *)(void *)to)[x] = (uint16_t)value;
  }
}

struct plane {
  const uint8_t *bytes;
  size_t pitch, step;
};

static struct plane plane_of(const struct input *input, const uint8_t *frame, int plane) {
  const uint8_t *chroma = frame + input->pitch * (size_t)input->height;
  if (plane == 0) return (struct plane){frame, input->pitch, 1};
  if (!is_planar(input)) return (struct plane){chroma + (size_t)(plane - 1) * sample_bytes(input), input->pitch, 2};
  bool second = (input->format == FORMAT_IYUV) == (plane == 2);
  return (struct plane){chroma + (second ? input->pitch / 2 * chroma_rows(input) : 0), input->pitch / 2, 1};
}

bool read_input(const struct input *input, int width, int height, int depth, void *stream, struct image *image) {
  uint8_t *copy;
  const uint8_t *frame = fetch(input, stream, &copy);
  if (!frame || !new_image(image, width, height, depth)) {
    free(copy);
    return false;
  }
  size_t bytes = depth > 8 ? 2 : 1;
  for (int i = 0; i < 3; i++) {
    struct plane plane = plane_of(input, frame, i);
    int rows = i ? (height + 1) / 2 : height, columns = i ? (width + 1) / 2 : width;
    int padded_rows = image->luma_height / (i ? 2 : 1), padded = image->luma_width / (i ? 2 : 1);
    for (int y = 0; y < padded_rows; y++) {
      const uint8_t *from = plane.bytes + (size_t)(y < rows ? y : rows - 1) * plane.pitch;
      read_row(image->planes[i] + (size_t)y * (size_t)padded * bytes, from, sample_bytes(input), plane.step, columns,
          padded, depth);
    }
  }
  free(copy);
  return true;
}
