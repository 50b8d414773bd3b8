/* Shared by the parts of the stand-in libcuda. Names and numbers are those of the CUDA driver API. */
#ifndef CUDA_STANDIN_H
#define CUDA_STANDIN_H

#include "standin.h"

typedef int CUresult;
typedef int CUdevice;
typedef unsigned long long CUdeviceptr;
typedef struct context *CUcontext;
typedef struct stream *CUstream;
typedef struct event *CUevent;
typedef struct module *CUmodule;
typedef struct function *CUfunction;

enum {
  CUDA_SUCCESS = 0,
  CUDA_ERROR_INVALID_VALUE = 1,
  CUDA_ERROR_OUT_OF_MEMORY = 2,
  CUDA_ERROR_NOT_INITIALIZED = 3,
  CUDA_ERROR_NO_DEVICE = 100,
  CUDA_ERROR_INVALID_DEVICE = 101,
  CUDA_ERROR_INVALID_IMAGE = 200,
  CUDA_ERROR_INVALID_CONTEXT = 201,
  CUDA_ERROR_NO_BINARY_FOR_GPU = 209,
  CUDA_ERROR_UNSUPPORTED_PTX_VERSION = 222,
  CUDA_ERROR_FILE_NOT_FOUND = 301,
  CUDA_ERROR_INVALID_HANDLE = 400,
  CUDA_ERROR_NOT_FOUND = 500,
  CUDA_ERROR_NOT_READY = 600,
  CUDA_ERROR_ILLEGAL_ADDRESS = 700,
  CUDA_ERROR_CONTEXT_IS_DESTROYED = 709,
  CUDA_ERROR_LAUNCH_FAILED = 719,
  CUDA_ERROR_NOT_SUPPORTED = 801,
};

/* One work item of a stream. Host memory that a driver would stage is copied to `staged`. */
struct work {
  struct work *next;
  uint64_t order; /* of submission, across all streams */
  enum { WORK_MARK, WORK_COPY, WORK_SET, WORK_KERNEL, WORK_WAIT } kind;
  char *target;
  const char *source;
  size_t target_pitch, source_pitch, width, height;
  void *staged;
  unsigned value, value_size;
  CUfunction function;
  unsigned grid[3], block[3];
  uint64_t wait_stream, wait_order;
};

struct stream {
  CUstream next;
  CUcontext context;
  uint64_t id;
  bool non_blocking; /* not ordered with the default stream */
  bool polled;       /* the next query finds the work complete */
  struct work *first, *last;
};

struct context {
  CUcontext next;
  CUdevice device;
  unsigned flags;
  int retained; /* of a primary context */
  bool primary, alive;
  struct stream default_stream;
};

struct allocation {
  struct allocation *next;
  CUcontext context;
  char *mapping, *data; /* host addresses */
  size_t mapping_size, size, room;
  CUdevice device;
};

struct counts {
  int allocations, contexts, streams, events, modules, pinned;
};

extern struct counts live;

/* One recursive lock for the whole driver. */
void driver_lock(void);
void driver_unlock(void);

/* Adds to one of the counts and writes the journal's "cuda live" line. */
void count(int *which, int change);

/* Begins a call that needs a current context, which it stores in `context`. Takes the lock: end with `return leave(code)`. */
CUresult enter(CUcontext *context);
CUresult leave(CUresult result);
CUresult check_initialized(void);
bool context_alive(CUcontext context);
int device_count(void);

/* cuda_faults.c: returns true if a setting FAIL_<function>_AT makes this call fail. */
bool call_fails(struct fault *fault, const char *function, const void *caller);

/* cuda_faults.c: writes a copy between host and device memory to the journal, if COPIES is set. */
void note_copy(bool to_device, bool from_device, size_t bytes, const void *caller);

/* Begins a function that a setting can make fail before it does anything. */
#define FAULT_POINT()                                                    \
  do {                                                                   \
    static struct fault fault;                                           \
    if (call_fails(&fault, __func__, __builtin_return_address(0))) {     \
      return CUDA_ERROR_OUT_OF_MEMORY;                                   \
    }                                                                    \
  } while (0)

/*
 * The result of a function that releases something. A setting makes it fail after the release: a driver may report an
 * error of earlier work there.
 */
#define RELEASED()                                                                                                   \
  ({                                                                                                                 \
    static struct fault fault;                                                                                       \
    call_fails(&fault, __func__, __builtin_return_address(0)) ? CUDA_ERROR_LAUNCH_FAILED : CUDA_SUCCESS;              \
  })

/* Device memory: host code cannot access a tagged address. */
bool is_device(CUdeviceptr address);
/* The host address of `size` bytes inside one live allocation, or null. */
char *device_bytes(CUdeviceptr address, size_t size, struct allocation **allocation);
bool is_pinned(const void *address);
/* Frees the allocations that a destroyed context still owns, and returns how many there were. */
int free_allocations_of(CUcontext context);
long long bytes_used(CUdevice device);

/* Streams. Null is the context's default stream. A stream of another context is an error, and `*stream` is null. */
CUresult find_stream(CUcontext context, CUstream handle, CUstream *stream);
struct work *new_work(int kind);
/* Takes ownership of the work; runs it immediately if LAZY is 0. */
CUresult submit(CUstream stream, struct work *work);
void run_stream(CUstream stream, uint64_t until);
void run_context(CUcontext context);
uint64_t latest_order(void);
int destroy_streams_of(CUcontext context);
int destroy_events_of(CUcontext context);
int unload_modules_of(CUcontext context);
/* Runs a kernel's grid on this thread. */
void run_kernel(const struct work *work);

#endif
