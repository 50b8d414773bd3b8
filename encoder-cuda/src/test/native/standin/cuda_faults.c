/* Failures of chosen calls. FFmpeg's and the stand-in's own calls neither fail nor count: only those of the test's program do. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* The length of a function's name without a version such as _v2. */
static int base_length(const char *function) {
  size_t length = strlen(function);
  bool versioned = length > 3 && strncmp(function + length - 3, "_v", 2) == 0 && isdigit(function[length - 1]);
  return (int)(versioned ? length - 3 : length);
}

/* Java's bindings end in a jump to the driver, so that their caller is code without a library. */
static bool is_program(const void *caller) {
  static const char *const others[] = {"/libav", "/libnvidia-encode.so", "/libcuda.so"};
  Dl_info info;
  if (!dladdr(caller, &info) || !info.dli_fname) return true;
  for (size_t i = 0; i < LENGTH(others); i++) {
    if (strstr(info.dli_fname, others[i])) return false;
  }
  return true;
}

/* With COPIES=1, writes a line for each copy between host and device memory that the test's program or FFmpeg makes. */
void note_copy(bool to_device, bool from_device, size_t bytes, const void *caller) {
  static const char *const own[] = {"/libnvidia-encode.so", "/libnvcuvid.so", "/libcuda.so"};
  if (to_device == from_device || !setting("COPIES", 0)) return;
  Dl_info info;
  if (dladdr(caller, &info) && info.dli_fname) {
    for (size_t i = 0; i < LENGTH(own); i++) {
      if (strstr(info.dli_fname, own[i])) return;
    }
  }
  journal("cuda copy %s bytes=%zu", to_device ? "host-to-device" : "device-to-host", bytes);
}

bool call_fails(struct fault *fault, const char *function, const void *caller) {
  char key[96], text[64];
  snprintf(key, sizeof(key), "FAIL_%.*s_AT", base_length(function), function);
  if (!setting_text(key, text, sizeof(text)) || !is_program(caller) || !fault_now(fault, key)) return false;
  journal("cuda fault %.*s", base_length(function), function);
  return true;
}
