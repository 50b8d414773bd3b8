/* Copies and fills. Each is checked when it is called and runs when its stream runs. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <stdlib.h>
#include <string.h>

enum { HOST = 1, DEVICE = 2, UNIFIED = 4 };

/* CUDA_MEMCPY2D. */
struct copy_2d {
  size_t source_x, source_y;
  int source_kind;
  const char *source_host;
  CUdeviceptr source_device;
  void *source_array;
  size_t source_pitch;
  size_t target_x, target_y;
  int target_kind;
  char *target_host;
  CUdeviceptr target_device;
  void *target_array;
  size_t target_pitch;
  size_t width, height;
};

/* One side of a copy: the address of its first byte, and whether that is device memory. */
struct side {
  char *bytes;
  bool device;
  size_t pitch;
};

/* Returns false if the rectangle is not inside one live allocation, or a host side has a device address. */
static bool resolve(struct side *side, CUdeviceptr address, size_t width, size_t height) {
  size_t extent = width && height ? side->pitch * (height - 1) + width : 0;
  if (side->device) {
    side->bytes = device_bytes(address, extent, NULL);
    return side->bytes != NULL;
  }
  side->bytes = (char *)(uintptr_t)address;
  return side->bytes != NULL && !is_device(address);
}

/* Pageable host memory is read immediately, as a driver stages it; pinned memory when the work runs. */
static bool stage(struct work *work) {
  work->staged = malloc(work->width * work->height + 1);
  if (!work->staged) return false;
  for (size_t y = 0; y < work->height; y++) {
    memcpy((char *)work->staged + y * work->width, work->source + y * work->source_pitch, work->width);
  }
  work->source = work->staged;
  work->source_pitch = work->width;
  return true;
}

#define CALLER __builtin_return_address(0)

static CUresult copy(struct side target, struct side source, size_t width, size_t height, CUstream handle, bool wait,
    const void *caller) {
  note_copy(target.device, source.device, width * height, caller);
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  CUdeviceptr to = (CUdeviceptr)(uintptr_t)target.bytes, from = (CUdeviceptr)(uintptr_t)source.bytes;
  if (!result && (!resolve(&target, to, width, height) || !resolve(&source, from, width, height))) {
    result = CUDA_ERROR_INVALID_VALUE;
  }
  if (result || !width || !height) return leave(result);
  struct work *work = new_work(WORK_COPY);
  if (!work) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  work->target = target.bytes;
  work->source = source.bytes;
  work->target_pitch = target.pitch;
  work->source_pitch = source.pitch;
  work->width = width;
  work->height = height;
  bool pageable_source = !source.device && !is_pinned(source.bytes);
  bool pageable_target = !target.device && !is_pinned(target.bytes);
  bool both_device = source.device && target.device;
  if (pageable_source && !stage(work)) {
    free(work);
    return leave(CUDA_ERROR_OUT_OF_MEMORY);
  }
  result = submit(stream, work);
  /* A copy to pageable memory returns only when it is done; a copy within device memory never waits. */
  if (pageable_target || (wait && !both_device)) run_stream(stream, latest_order());
  return leave(result);
}

static struct side on_device(CUdeviceptr address, size_t pitch) {
  return (struct side){.bytes = (char *)(uintptr_t)address, .device = true, .pitch = pitch};
}

static struct side on_host(const void *address, size_t pitch) {
  return (struct side){.bytes = (char *)(uintptr_t)address, .device = false, .pitch = pitch};
}

static struct side anywhere(CUdeviceptr address, size_t pitch) {
  return (struct side){.bytes = (char *)(uintptr_t)address, .device = is_device(address), .pitch = pitch};
}

EXPORT CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr target, const void *source, size_t size, CUstream stream) {
  FAULT_POINT();
  return copy(on_device(target, size), on_host(source, size), size, 1, stream, false, CALLER);
}

EXPORT CUresult cuMemcpyHtoD_v2(CUdeviceptr target, const void *source, size_t size) {
  FAULT_POINT();
  return copy(on_device(target, size), on_host(source, size), size, 1, NULL, true, CALLER);
}

EXPORT CUresult cuMemcpyDtoHAsync_v2(void *target, CUdeviceptr source, size_t size, CUstream stream) {
  FAULT_POINT();
  return copy(on_host(target, size), on_device(source, size), size, 1, stream, false, CALLER);
}

EXPORT CUresult cuMemcpyDtoH_v2(void *target, CUdeviceptr source, size_t size) {
  FAULT_POINT();
  return copy(on_host(target, size), on_device(source, size), size, 1, NULL, true, CALLER);
}

EXPORT CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr target, CUdeviceptr source, size_t size, CUstream stream) {
  FAULT_POINT();
  return copy(on_device(target, size), on_device(source, size), size, 1, stream, false, CALLER);
}

EXPORT CUresult cuMemcpyDtoD_v2(CUdeviceptr target, CUdeviceptr source, size_t size) {
  FAULT_POINT();
  return copy(on_device(target, size), on_device(source, size), size, 1, NULL, true, CALLER);
}

EXPORT CUresult cuMemcpyAsync(CUdeviceptr target, CUdeviceptr source, size_t size, CUstream stream) {
  FAULT_POINT();
  return copy(anywhere(target, size), anywhere(source, size), size, 1, stream, false, CALLER);
}

EXPORT CUresult cuMemcpy(CUdeviceptr target, CUdeviceptr source, size_t size) {
  FAULT_POINT();
  return copy(anywhere(target, size), anywhere(source, size), size, 1, NULL, true, CALLER);
}

static bool side_2d(struct side *side, int kind, const char *host, CUdeviceptr device, size_t pitch, size_t offset) {
  if (kind == HOST) *side = on_host(host, pitch);
  else if (kind == DEVICE) *side = on_device(device, pitch);
  else if (kind == UNIFIED) *side = anywhere(device, pitch);
  else return false;
  if (side->bytes) side->bytes += offset;
  return true;
}

static CUresult copy_2d(const struct copy_2d *c, CUstream stream, bool wait, const void *caller) {
  struct side source, target;
  if (!c || (c->height > 1 && (c->source_pitch < c->width || c->target_pitch < c->width))) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  size_t source_offset = c->source_y * c->source_pitch + c->source_x;
  size_t target_offset = c->target_y * c->target_pitch + c->target_x;
  if (!side_2d(&source, c->source_kind, c->source_host, c->source_device, c->source_pitch, source_offset) ||
      !side_2d(&target, c->target_kind, c->target_host, c->target_device, c->target_pitch, target_offset)) {
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  return copy(target, source, c->width, c->height, stream, wait, caller);
}

EXPORT CUresult cuMemcpy2DAsync_v2(const struct copy_2d *c, CUstream stream) {
  FAULT_POINT();
  return copy_2d(c, stream, false, CALLER);
}

EXPORT CUresult cuMemcpy2D_v2(const struct copy_2d *c) {
  FAULT_POINT();
  return copy_2d(c, NULL, true, CALLER);
}

EXPORT CUresult cuMemcpy2DUnaligned_v2(const struct copy_2d *c) {
  FAULT_POINT();
  return copy_2d(c, NULL, true, CALLER);
}

static CUresult fill(CUdeviceptr target, size_t pitch, unsigned value, unsigned size, size_t width, size_t height,
    CUstream handle) {
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  struct side side = on_device(target, pitch);
  if (!result && (target % size || !resolve(&side, target, width * size, height))) result = CUDA_ERROR_INVALID_VALUE;
  if (result || !width || !height) return leave(result);
  struct work *work = new_work(WORK_SET);
  if (!work) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  work->target = side.bytes;
  work->target_pitch = pitch;
  work->width = width;
  work->height = height;
  work->value = value;
  work->value_size = size;
  return leave(submit(stream, work));
}

#define FILL(bits, type)                                                                                             \
  EXPORT CUresult cuMemsetD##bits##Async(CUdeviceptr target, type value, size_t n, CUstream stream) {                \
    return fill(target, n * sizeof(type), value, sizeof(type), n, 1, stream);                                        \
  }                                                                                                                  \
  EXPORT CUresult cuMemsetD##bits##_v2(CUdeviceptr target, type value, size_t n) {                                   \
    return fill(target, n * sizeof(type), value, sizeof(type), n, 1, NULL);                                          \
  }                                                                                                                  \
  EXPORT CUresult cuMemsetD2D##bits##Async(CUdeviceptr target, size_t pitch, type value, size_t width, size_t height, \
      CUstream stream) {                                                                                             \
    return fill(target, pitch, value, sizeof(type), width, height, stream);                                          \
  }                                                                                                                  \
  EXPORT CUresult cuMemsetD2D##bits##_v2(CUdeviceptr target, size_t pitch, type value, size_t width, size_t height) { \
    return fill(target, pitch, value, sizeof(type), width, height, NULL);                                            \
  }

FILL(8, unsigned char)
FILL(16, unsigned short)
FILL(32, unsigned)
