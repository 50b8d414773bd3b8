/* Access to fields of the client's structures by offset. */
#ifndef FIELDS_H
#define FIELDS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t get32(const void *structure, size_t offset) {
  uint32_t value;
  memcpy(&value, (const char *)structure + offset, sizeof(value));
  return value;
}

static inline uint64_t get64(const void *structure, size_t offset) {
  uint64_t value;
  memcpy(&value, (const char *)structure + offset, sizeof(value));
  return value;
}

static inline void *get_pointer(const void *structure, size_t offset) {
  return (void *)(uintptr_t)get64(structure, offset);
}

static inline void set16(void *structure, size_t offset, unsigned value) {
  uint16_t narrow = (uint16_t)value;
  memcpy((char *)structure + offset, &narrow, sizeof(narrow));
}

static inline void set32(void *structure, size_t offset, uint32_t value) {
  memcpy((char *)structure + offset, &value, sizeof(value));
}

static inline void set64(void *structure, size_t offset, uint64_t value) {
  memcpy((char *)structure + offset, &value, sizeof(value));
}

static inline void set_pointer(void *structure, size_t offset, const void *value) {
  set64(structure, offset, (uintptr_t)value);
}

#endif
