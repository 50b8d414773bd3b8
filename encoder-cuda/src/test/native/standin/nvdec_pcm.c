/*
 * The inverse of code_h264.c and code_hevc.c. All blocks are PCM and have the same size, so that they are found from the
 * end of the slice: between two of them are two bytes, behind the last one the trailing bits.
 */
#include "nvdec_standin.h"

#include <stdlib.h>

enum { START_CODE = 3, BETWEEN = 2, HEADER_MAX = 64, TAIL_H264 = 1, TAIL_HEVC = 2, SAMPLES = 384 };

/* The payload of a unit without its start code and emulation prevention. */
static uint8_t *unescaped(const struct coded *coded, size_t *size) {
  if (coded->size <= START_CODE || coded->bytes[0] || coded->bytes[1] || coded->bytes[2] != 1) return NULL;
  uint8_t *payload = malloc(coded->size);
  if (!payload) return NULL;
  int zeros = 0;
  *size = 0;
  for (size_t i = START_CODE; i < coded->size; i++) {
    uint8_t byte = coded->bytes[i];
    if (zeros >= 2 && byte == 3) {
      zeros = 0;
      continue;
    }
    payload[(*size)++] = byte;
    zeros = byte ? 0 : zeros + 1;
  }
  return payload;
}

struct reader {
  const uint8_t *bytes;
  size_t bit;
};

static unsigned get_bits(struct reader *r, int count) {
  unsigned value = 0;
  for (int i = 0; i < count; i++, r->bit++) value = value << 1 | (r->bytes[r->bit / 8] >> (7 - r->bit % 8) & 1);
  return value;
}

/* Stores a sample at a row and column of a plane that has three halves of the height. */
static void put_sample(const struct coded *coded, uint8_t *picture, size_t row, size_t column, unsigned value) {
  size_t at = row * (size_t)coded->width + column;
  if (coded->depth == 8) {
    picture[at] = (uint8_t)value;
    return;
  }
  unsigned word = value << (16 - coded->depth);
  picture[2 * at] = (uint8_t)word;
  picture[2 * at + 1] = (uint8_t)(word >> 8);
}

static void put_block(const struct coded *coded, const uint8_t *block, size_t column, size_t row, uint8_t *picture) {
  struct reader reader = {block, 0};
  for (size_t plane = 0; plane < 3; plane++) {
    size_t size = plane ? 8 : 16;
    size_t first = plane ? (size_t)coded->height + row * 8 : row * 16;
    for (size_t y = 0; y < size; y++) {
      for (size_t x = 0; x < size; x++) {
        size_t to = plane ? 2 * (column * 8 + x) + plane - 1 : column * 16 + x;
        put_sample(coded, picture, first + y, to, get_bits(&reader, coded->depth));
      }
    }
  }
}

/* Between two blocks of a slice are always the same bytes in H.264, and nothing but coded bins in HEVC. */
static bool is_uniform(const uint8_t *payload, size_t first, size_t step, size_t blocks) {
  for (size_t i = 2; i < blocks; i++) {
    if (memcmp(payload + first + step - BETWEEN, payload + first + i * step - BETWEEN, BETWEEN)) return false;
  }
  return true;
}

bool decode_pcm(const struct coded *coded, uint8_t *picture) {
  size_t size;
  uint8_t *payload = unescaped(coded, &size);
  if (!payload) return false;
  size_t columns = (size_t)coded->width / 16, blocks = columns * ((size_t)coded->height / 16);
  size_t block = SAMPLES * (size_t)coded->depth / 8, step = block + BETWEEN;
  size_t needed = blocks * step - BETWEEN + (coded->hevc ? TAIL_HEVC : TAIL_H264);
  size_t first = size - needed;
  bool known = size > needed && first <= HEADER_MAX && payload[size - 1] == 0x80 &&
      (coded->hevc || is_uniform(payload, first, step, blocks));
  for (size_t i = 0; known && i < blocks; i++) {
    put_block(coded, payload + first + i * step, i % columns, i / columns, picture);
  }
  free(payload);
  return known;
}
