/* Device memory: host memory between two guard pages, with addresses that host code cannot access. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Makes an x86-64 address non-canonical. */
#define TAG (1ULL << 60)
#define TAG_MASK (0xffffULL << 48)

enum { PAGE = 4096, CANARY = 0xa5, RETIRED_MAX = 256, PITCH = 512 };

struct pinned {
  struct pinned *next;
  char *data;
  size_t size;
  bool owned;
};

static struct allocation *allocations;
static struct pinned *pinned_blocks;
static struct fault allocation_fault;
/* Freed address ranges stay reserved for a while, so that a late access faults instead of hitting a newer allocation. */
static struct { void *address; size_t size; } retired[RETIRED_MAX];
static unsigned next_retired;

bool is_device(CUdeviceptr address) {
  return (address & TAG_MASK) == TAG;
}

char *device_bytes(CUdeviceptr address, size_t size, struct allocation **allocation) {
  if (!is_device(address)) return NULL;
  char *host = (char *)(uintptr_t)(address & ~TAG_MASK);
  for (struct allocation *a = allocations; a; a = a->next) {
    if (host < a->data || host > a->data + a->size || size > (size_t)(a->data + a->size - host)) continue;
    if (allocation) *allocation = a;
    return host;
  }
  return NULL;
}

long long bytes_used(CUdevice device) {
  long long bytes = 0;
  for (struct allocation *a = allocations; a; a = a->next) bytes += a->device == device ? (long long)a->size : 0;
  return bytes;
}

static size_t round_up(size_t size, size_t unit) {
  return (size + unit - 1) / unit * unit;
}

/* The data, rounded up to ALIGN, ends at the guard page, so that a read past the end faults. */
static struct allocation *allocate(CUcontext context, size_t size) {
  size_t alignment = (size_t)setting("ALIGN", 256);
  size_t room = round_up(round_up(size, alignment), PAGE);
  char *mapping = mmap(NULL, room + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) return NULL;
  struct allocation *a = calloc(1, sizeof(*a));
  if (!a || mprotect(mapping + PAGE, room, PROT_READ | PROT_WRITE)) {
    munmap(mapping, room + 2 * PAGE);
    free(a);
    return NULL;
  }
  *a = (struct allocation){.next = allocations, .context = context, .device = context->device, .mapping = mapping,
      .mapping_size = room + 2 * PAGE, .size = size, .room = room,
      .data = mapping + PAGE + room - round_up(size, alignment)};
  memset(mapping + PAGE, CANARY, room);
  return allocations = a;
}

static bool is_canary(const char *from, const char *to) {
  while (from < to && *from == (char)CANARY) from++;
  return from >= to;
}

static void release(struct allocation *a) {
  char *room = a->mapping + PAGE;
  if (!is_canary(room, a->data) || !is_canary(a->data + a->size, room + a->room)) {
    journal("cuda misuse written outside an allocation of %zu bytes", a->size);
  }
  mmap(a->mapping, a->mapping_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  if (retired[next_retired].address) munmap(retired[next_retired].address, retired[next_retired].size);
  retired[next_retired].address = a->mapping;
  retired[next_retired].size = a->mapping_size;
  next_retired = (next_retired + 1) % RETIRED_MAX;
  free(a);
}

int free_allocations_of(CUcontext context) {
  int freed = 0;
  for (struct allocation **link = &allocations; *link;) {
    struct allocation *a = *link;
    if (a->context != context) {
      link = &a->next;
      continue;
    }
    *link = a->next;
    release(a);
    count(&live.allocations, -1);
    freed++;
  }
  return freed;
}

EXPORT CUresult cuMemAlloc_v2(CUdeviceptr *pointer, size_t size) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  if (!size || !pointer) return leave(CUDA_ERROR_INVALID_VALUE);
  long long room = setting("MEMORY", 8LL << 30) - bytes_used(context->device);
  if (fault_now(&allocation_fault, "FAIL_ALLOC_AT") || (long long)size > room) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  struct allocation *a = allocate(context, size);
  if (!a) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  *pointer = (CUdeviceptr)(uintptr_t)a->data | TAG;
  count(&live.allocations, 1);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuMemAllocPitch_v2(CUdeviceptr *pointer, size_t *pitch, size_t width, size_t height, unsigned element) {
  FAULT_POINT();
  if (element != 4 && element != 8 && element != 16) return CUDA_ERROR_INVALID_VALUE;
  *pitch = round_up(width, PITCH);
  return cuMemAlloc_v2(pointer, *pitch * height);
}

EXPORT CUresult cuMemFree_v2(CUdeviceptr pointer) {
  CUcontext current;
  CUresult result = enter(&current);
  if (result || !pointer) return leave(result);
  for (struct allocation **link = &allocations; *link; link = &(*link)->next) {
    struct allocation *a = *link;
    if (((CUdeviceptr)(uintptr_t)a->data | TAG) != pointer) continue;
    run_context(a->context);
    *link = a->next;
    release(a);
    count(&live.allocations, -1);
    return leave(RELEASED());
  }
  journal("cuda misuse freed an address that is not an allocation");
  return leave(CUDA_ERROR_INVALID_VALUE);
}

EXPORT CUresult cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  *total = (size_t)setting("MEMORY", 8LL << 30);
  *free_bytes = *total - (size_t)bytes_used(context->device);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuMemGetAddressRange_v2(CUdeviceptr *base, size_t *size, CUdeviceptr pointer) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  struct allocation *a = NULL;
  if (!result && !device_bytes(pointer, 1, &a)) result = CUDA_ERROR_NOT_FOUND;
  if (!result && base) *base = (CUdeviceptr)(uintptr_t)a->data | TAG;
  if (!result && size) *size = a->size;
  return leave(result);
}

static CUresult attribute(void *value, int which, CUdeviceptr pointer) {
  struct allocation *a = NULL;
  if (!device_bytes(pointer, 1, &a)) {
    if (which != 2 || !is_pinned((void *)(uintptr_t)pointer)) return CUDA_ERROR_INVALID_VALUE;
    *(unsigned *)value = 1;
    return CUDA_SUCCESS;
  }
  switch (which) {
    case 1: *(CUcontext *)value = a->context; break;
    case 2: *(unsigned *)value = 2; break;
    case 3: *(CUdeviceptr *)value = pointer; break;
    case 8: *(bool *)value = false; break;
    case 9: *(int *)value = a->device; break;
    case 11: *(CUdeviceptr *)value = (CUdeviceptr)(uintptr_t)a->data | TAG; break;
    case 12: *(size_t *)value = a->size; break;
    case 13: *(bool *)value = true; break;
    default: return CUDA_ERROR_NOT_SUPPORTED;
  }
  return CUDA_SUCCESS;
}

EXPORT CUresult cuPointerGetAttribute(void *value, int which, CUdeviceptr pointer) {
  FAULT_POINT();
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  driver_lock();
  return leave(attribute(value, which, pointer));
}

/* Like the driver: an attribute that this pointer does not have is zero, without an error. */
EXPORT CUresult cuPointerGetAttributes(unsigned number, const int *which, void **values, CUdeviceptr pointer) {
  FAULT_POINT();
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  driver_lock();
  for (unsigned i = 0; i < number; i++) {
    if (attribute(values[i], which[i], pointer) == CUDA_SUCCESS) continue;
    bool wide = which[i] == 1 || which[i] == 3 || which[i] == 4 || which[i] == 11 || which[i] == 12;
    memset(values[i], 0, wide ? 8 : which[i] == 8 || which[i] == 13 ? 1 : 4);
  }
  return leave(CUDA_SUCCESS);
}

bool is_pinned(const void *address) {
  for (struct pinned *p = pinned_blocks; p; p = p->next) {
    if ((const char *)address >= p->data && (const char *)address < p->data + p->size) return true;
  }
  return false;
}

static CUresult pin(char *data, size_t size, bool owned) {
  struct pinned *block = malloc(sizeof(*block));
  if (!block) return CUDA_ERROR_OUT_OF_MEMORY;
  *block = (struct pinned){.next = pinned_blocks, .data = data, .size = size, .owned = owned};
  pinned_blocks = block;
  count(&live.pinned, 1);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuMemHostAlloc(void **pointer, size_t size, unsigned flags) {
  FAULT_POINT();
  (void)flags;
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  *pointer = size ? aligned_alloc(PAGE, round_up(size, PAGE)) : NULL;
  if (!*pointer) return leave(size ? CUDA_ERROR_OUT_OF_MEMORY : CUDA_ERROR_INVALID_VALUE);
  return leave(pin(*pointer, size, true));
}

EXPORT CUresult cuMemAllocHost_v2(void **pointer, size_t size) {
  FAULT_POINT();
  return cuMemHostAlloc(pointer, size, 0);
}

EXPORT CUresult cuMemHostRegister_v2(void *pointer, size_t size, unsigned flags) {
  FAULT_POINT();
  (void)flags;
  CUcontext context;
  CUresult result = enter(&context);
  return leave(result ? result : pin(pointer, size, false));
}

static CUresult unpin(void *pointer, bool owned) {
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  for (struct pinned **link = &pinned_blocks; *link; link = &(*link)->next) {
    struct pinned *block = *link;
    if (block->data != pointer || block->owned != owned) continue;
    run_context(context);
    *link = block->next;
    if (owned) free(block->data);
    free(block);
    count(&live.pinned, -1);
    return leave(CUDA_SUCCESS);
  }
  return leave(CUDA_ERROR_INVALID_VALUE);
}

EXPORT CUresult cuMemFreeHost(void *pointer) {
  FAULT_POINT();
  return unpin(pointer, true);
}

EXPORT CUresult cuMemHostUnregister(void *pointer) {
  FAULT_POINT();
  return unpin(pointer, false);
}
