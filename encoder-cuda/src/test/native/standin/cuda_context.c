/* Devices, contexts and the driver lock. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEVICES_MAX = 16, STACK_MAX = 64 };

struct counts live;

static pthread_mutex_t lock;
static bool initialized;
static CUcontext contexts;
static struct context *primaries[DEVICES_MAX];
static unsigned primary_flags[DEVICES_MAX];
static _Thread_local CUcontext stack[STACK_MAX];
static _Thread_local int depth;

__attribute__((constructor)) static void make_lock(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&lock, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

static void journal_live(const char *when) {
  journal("cuda %s alloc=%d ctx=%d stream=%d event=%d module=%d pinned=%d", when, live.allocations,
      live.contexts, live.streams, live.events, live.modules, live.pinned);
}

__attribute__((destructor)) static void at_end(void) {
  if (initialized) journal_live("end");
}

void driver_lock(void) {
  pthread_mutex_lock(&lock);
}

void driver_unlock(void) {
  pthread_mutex_unlock(&lock);
}

void count(int *which, int change) {
  *which += change;
  journal_live("live");
}

CUresult check_initialized(void) {
  return initialized ? CUDA_SUCCESS : CUDA_ERROR_NOT_INITIALIZED;
}

bool context_alive(CUcontext context) {
  for (CUcontext c = contexts; c; c = c->next) {
    if (c == context) return c->alive;
  }
  return false;
}

CUresult enter(CUcontext *context) {
  driver_lock();
  *context = depth ? stack[depth - 1] : NULL;
  if (!initialized) return CUDA_ERROR_NOT_INITIALIZED;
  if (!*context) return CUDA_ERROR_INVALID_CONTEXT;
  return (*context)->alive ? CUDA_SUCCESS : CUDA_ERROR_CONTEXT_IS_DESTROYED;
}

CUresult leave(CUresult result) {
  driver_unlock();
  return result;
}

int device_count(void) {
  long long devices = setting("DEVICES", 1);
  return devices < 0 ? 0 : devices > DEVICES_MAX ? DEVICES_MAX : (int)devices;
}

static bool is_known(CUdevice device) {
  return device >= 0 && device < device_count();
}

EXPORT CUresult cuInit(unsigned flags) {
  FAULT_POINT();
  if (flags) return CUDA_ERROR_INVALID_VALUE;
  CUresult result = (CUresult)setting("CUINIT", CUDA_SUCCESS);
  driver_lock();
  if (result == CUDA_SUCCESS) initialized = true;
  return leave(result);
}

EXPORT CUresult cuDriverGetVersion(int *version) {
  FAULT_POINT();
  if (!version) return CUDA_ERROR_INVALID_VALUE;
  *version = (int)setting("CUDA_VERSION", 13030);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetCount(int *number) {
  FAULT_POINT();
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  *number = device_count();
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGet(CUdevice *device, int ordinal) {
  FAULT_POINT();
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  if (!is_known(ordinal)) return CUDA_ERROR_INVALID_DEVICE;
  *device = ordinal;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetName(char *name, int length, CUdevice device) {
  FAULT_POINT();
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  char text[128];
  if (!setting_text("DEVICE_NAME", text, sizeof(text))) snprintf(text, sizeof(text), "Stand-in GPU");
  snprintf(name, (size_t)length, "%s %d", text, device);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetUuid(char *uuid, CUdevice device) {
  FAULT_POINT();
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  memset(uuid, device, 16);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetUuid_v2(char *uuid, CUdevice device) {
  return cuDeviceGetUuid(uuid, device);
}

EXPORT CUresult cuDeviceGetPCIBusId(char *id, int length, CUdevice device) {
  FAULT_POINT();
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  snprintf(id, (size_t)length, "0000:%02x:00.0", device + 1);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetByPCIBusId(CUdevice *device, const char *id) {
  FAULT_POINT();
  unsigned domain, bus;
  if (sscanf(id, "%x:%x:", &domain, &bus) != 2) return CUDA_ERROR_INVALID_VALUE;
  return cuDeviceGet(device, (int)bus - 1);
}

EXPORT CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
  FAULT_POINT();
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  *bytes = (size_t)setting("MEMORY", 8LL << 30);
  return CUDA_SUCCESS;
}

static int compute_capability(void) {
  return (int)setting("COMPUTE", 89);
}

EXPORT CUresult cuDeviceComputeCapability(int *major, int *minor, CUdevice device) {
  FAULT_POINT();
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  *major = compute_capability() / 10;
  *minor = compute_capability() % 10;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuDeviceGetAttribute(int *value, int attribute, CUdevice device) {
  FAULT_POINT();
  static const int known[][2] = {
      {1, 1024}, {2, 1024}, {3, 1024}, {4, 64}, {5, 0x7fffffff}, {6, 65535}, {7, 65535}, {8, 49152},
      {10, 32}, {13, 1000000}, {14, 512}, {16, 2}, {19, 1}, {31, 1}, {36, 1000000}, {37, 64}, {40, 1},
      {41, 1}, {51, 32}, {83, 1}};
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  *value = attribute == 33   ? device + 1
           : attribute == 75 ? compute_capability() / 10
           : attribute == 76 ? compute_capability() % 10
                             : 0;
  for (size_t i = 0; i < LENGTH(known); i++) {
    if (known[i][0] == attribute) *value = known[i][1];
  }
  return CUDA_SUCCESS;
}

static CUresult new_context(CUcontext *result, unsigned flags, CUdevice device, bool primary) {
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  if (!is_known(device)) return CUDA_ERROR_INVALID_DEVICE;
  CUresult refused = (CUresult)setting("CUCTX", CUDA_SUCCESS);
  if (refused) return refused;
  CUcontext context = calloc(1, sizeof(*context));
  if (!context) return CUDA_ERROR_OUT_OF_MEMORY;
  *context = (struct context){.next = contexts, .device = device, .flags = flags, .primary = primary, .alive = true};
  context->default_stream.context = context;
  contexts = *result = context;
  count(&live.contexts, 1);
  return CUDA_SUCCESS;
}

/* Keeps the struct, so that later use of the handle is detected. */
static void end_context(CUcontext context) {
  run_context(context);
  int modules = unload_modules_of(context);
  int events = destroy_events_of(context);
  int streams = destroy_streams_of(context);
  int allocations = free_allocations_of(context);
  if (modules || events || streams || allocations) {
    journal("cuda leaked alloc=%d stream=%d event=%d module=%d", allocations, streams, events, modules);
  }
  context->alive = false;
  count(&live.contexts, -1);
}

static CUresult push(CUcontext context) {
  if (depth == STACK_MAX) return CUDA_ERROR_OUT_OF_MEMORY;
  stack[depth++] = context;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuCtxCreate_v2(CUcontext *context, unsigned flags, CUdevice device) {
  FAULT_POINT();
  driver_lock();
  CUresult result = new_context(context, flags, device, false);
  return leave(result ? result : push(*context));
}

EXPORT CUresult cuCtxCreate_v4(CUcontext *context, void *parameters, unsigned flags, CUdevice device) {
  FAULT_POINT();
  return parameters ? CUDA_ERROR_NOT_SUPPORTED : cuCtxCreate_v2(context, flags, device);
}

EXPORT CUresult cuCtxDestroy_v2(CUcontext context) {
  driver_lock();
  if (!context_alive(context) || context->primary) return leave(CUDA_ERROR_INVALID_CONTEXT);
  end_context(context);
  if (depth && stack[depth - 1] == context) depth--;
  return leave(RELEASED());
}

EXPORT CUresult cuCtxPushCurrent_v2(CUcontext context) {
  FAULT_POINT();
  driver_lock();
  if (check_initialized()) return leave(CUDA_ERROR_NOT_INITIALIZED);
  return leave(context_alive(context) ? push(context) : CUDA_ERROR_INVALID_CONTEXT);
}

EXPORT CUresult cuCtxPopCurrent_v2(CUcontext *context) {
  if (!depth) return CUDA_ERROR_INVALID_CONTEXT;
  CUcontext top = stack[--depth];
  if (context) *context = top;
  return RELEASED();
}

EXPORT CUresult cuCtxGetCurrent(CUcontext *context) {
  FAULT_POINT();
  if (check_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  *context = depth ? stack[depth - 1] : NULL;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuCtxSetCurrent(CUcontext context) {
  FAULT_POINT();
  driver_lock();
  if (check_initialized()) return leave(CUDA_ERROR_NOT_INITIALIZED);
  if (context && !context_alive(context)) return leave(CUDA_ERROR_INVALID_CONTEXT);
  if (depth) depth--;
  return leave(context ? push(context) : CUDA_SUCCESS);
}

EXPORT CUresult cuCtxGetDevice(CUdevice *device) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) *device = context->device;
  return leave(result);
}

EXPORT CUresult cuCtxGetFlags(unsigned *flags) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) *flags = context->flags;
  return leave(result);
}

EXPORT CUresult cuCtxGetApiVersion(CUcontext context, unsigned *version) {
  FAULT_POINT();
  (void)context;
  *version = 3020;
  return CUDA_SUCCESS;
}

EXPORT CUresult cuCtxSetLimit(int limit, size_t value) {
  FAULT_POINT();
  (void)limit;
  (void)value;
  CUcontext context;
  return leave(enter(&context));
}

EXPORT CUresult cuCtxSynchronize(void) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) run_context(context);
  return leave(result);
}

EXPORT CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
  FAULT_POINT();
  driver_lock();
  if (check_initialized()) return leave(CUDA_ERROR_NOT_INITIALIZED);
  if (!is_known(device)) return leave(CUDA_ERROR_INVALID_DEVICE);
  if (!primaries[device]) {
    CUresult result = new_context(&primaries[device], primary_flags[device], device, true);
    if (result) return leave(result);
  }
  primaries[device]->retained++;
  *context = primaries[device];
  return leave(CUDA_SUCCESS);
}

static void end_primary(CUdevice device) {
  end_context(primaries[device]);
  primaries[device] = NULL;
}

EXPORT CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  driver_lock();
  if (device < 0 || device >= DEVICES_MAX) return leave(CUDA_ERROR_INVALID_DEVICE);
  if (!primaries[device]) return leave(CUDA_ERROR_INVALID_CONTEXT);
  if (--primaries[device]->retained == 0) end_primary(device);
  return leave(RELEASED());
}

EXPORT CUresult cuDevicePrimaryCtxRelease(CUdevice device) {
  return cuDevicePrimaryCtxRelease_v2(device);
}

EXPORT CUresult cuDevicePrimaryCtxReset_v2(CUdevice device) {
  FAULT_POINT();
  driver_lock();
  if (!is_known(device)) return leave(CUDA_ERROR_INVALID_DEVICE);
  if (primaries[device]) end_primary(device);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuDevicePrimaryCtxReset(CUdevice device) {
  return cuDevicePrimaryCtxReset_v2(device);
}

EXPORT CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned flags) {
  FAULT_POINT();
  driver_lock();
  if (!is_known(device)) return leave(CUDA_ERROR_INVALID_DEVICE);
  primary_flags[device] = flags;
  if (primaries[device]) primaries[device]->flags = flags;
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuDevicePrimaryCtxSetFlags(CUdevice device, unsigned flags) {
  return cuDevicePrimaryCtxSetFlags_v2(device, flags);
}

EXPORT CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned *flags, int *active) {
  FAULT_POINT();
  driver_lock();
  if (!is_known(device)) return leave(CUDA_ERROR_INVALID_DEVICE);
  *flags = primary_flags[device];
  *active = primaries[device] != NULL;
  return leave(CUDA_SUCCESS);
}
