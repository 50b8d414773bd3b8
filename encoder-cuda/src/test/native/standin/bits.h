/* A growable bit buffer, and the network abstraction layer units of H.264 and HEVC. */
#ifndef BITS_H
#define BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bits {
  uint8_t *bytes;
  size_t size, capacity;
  unsigned pending, held; /* bits of the last, incomplete byte, and how many there are */
  bool failed;            /* out of memory */
};

void put_bits(struct bits *bits, int count, uint32_t value);
void put_ue(struct bits *bits, uint32_t value);
void put_se(struct bits *bits, int32_t value);
/* Zeros up to the next byte boundary. */
void put_align(struct bits *bits);
/* A one, then zeros up to the next byte boundary. */
void put_trailing(struct bits *bits);
/* Whole bytes, at a byte boundary. */
void put_bytes(struct bits *bits, const void *bytes, size_t size);
/* Appends start code, header and payload with emulation prevention, and empties the payload. */
void put_nal(struct bits *out, const uint8_t *header, size_t header_size, struct bits *payload);
void free_bits(struct bits *bits);

#endif
