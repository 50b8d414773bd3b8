#include "bits.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct bits *bits, size_t more) {
  if (bits->failed) return false;
  if (bits->size + more <= bits->capacity) return true;
  size_t capacity = bits->capacity * 2 > bits->size + more ? bits->capacity * 2 : bits->size + more + 256;
  uint8_t *bytes = realloc(bits->bytes, capacity);
  if (!bytes) {
    bits->failed = true;
    return false;
  }
  bits->bytes = bytes;
  bits->capacity = capacity;
  return true;
}

void put_bits(struct bits *bits, int count, uint32_t value) {
  for (int i = count - 1; i >= 0; i--) {
    bits->pending = bits->pending << 1 | (value >> i & 1);
    if (++bits->held < 8) continue;
    if (reserve(bits, 1)) bits->bytes[bits->size++] = (uint8_t)bits->pending;
    bits->pending = bits->held = 0;
  }
}

void put_ue(struct bits *bits, uint32_t value) {
  int length = 0;
  while (((uint64_t)value + 1) >> (length + 1)) length++;
  put_bits(bits, length, 0);
  put_bits(bits, length + 1, value + 1);
}

void put_se(struct bits *bits, int32_t value) {
  put_ue(bits, value > 0 ? 2 * (uint32_t)value - 1 : 2 * (uint32_t)-value);
}

void put_align(struct bits *bits) {
  while (bits->held) put_bits(bits, 1, 0);
}

void put_trailing(struct bits *bits) {
  put_bits(bits, 1, 1);
  put_align(bits);
}

void put_bytes(struct bits *bits, const void *bytes, size_t size) {
  if (!reserve(bits, size)) return;
  memcpy(bits->bytes + bits->size, bytes, size);
  bits->size += size;
}

void put_nal(struct bits *out, const uint8_t *header, size_t header_size, struct bits *payload) {
  static const uint8_t start[] = {0, 0, 0, 1};
  put_bytes(out, start, sizeof(start));
  put_bytes(out, header, header_size);
  out->failed = out->failed || payload->failed;
  if (!reserve(out, payload->size + payload->size / 2 + 1)) return;
  int zeros = 0;
  for (size_t i = 0; i < payload->size; i++) {
    uint8_t byte = payload->bytes[i];
    if (zeros >= 2 && byte <= 3) {
      out->bytes[out->size++] = 3;
      zeros = 0;
    }
    out->bytes[out->size++] = byte;
    zeros = byte ? 0 : zeros + 1;
  }
  payload->size = 0;
}

void free_bits(struct bits *bits) {
  free(bits->bytes);
  *bits = (struct bits){0};
}
