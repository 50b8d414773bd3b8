/* Streams and events. Work runs only when something waits for it, so that a missing wait is noticed. */
#define _GNU_SOURCE
#include "cuda_standin.h"

#include <stdlib.h>
#include <string.h>

struct event {
  CUevent next;
  CUcontext context;
  uint64_t stream, order; /* what the last record captured; order 0: never recorded */
  bool polled;
};

static uint64_t orders, stream_ids;
static CUstream streams;
static CUevent events;

uint64_t latest_order(void) {
  return orders;
}

struct work *new_work(int kind) {
  struct work *work = calloc(1, sizeof(*work));
  if (work) work->kind = kind;
  return work;
}

static void free_work(struct work *work) {
  free(work->staged);
  free(work);
}

static void set_bytes(const struct work *work) {
  for (size_t y = 0; y < work->height; y++) {
    char *row = work->target + y * work->target_pitch;
    for (size_t x = 0; x < work->width; x++) memcpy(row + x * work->value_size, &work->value, work->value_size);
  }
}

static CUstream stream_by_id(uint64_t id) {
  for (CUstream s = streams; s; s = s->next) {
    if (s->id == id) return s;
  }
  return NULL;
}

static void execute(const struct work *work) {
  if (work->kind == WORK_COPY) {
    for (size_t y = 0; y < work->height; y++) {
      memmove(work->target + y * work->target_pitch, work->source + y * work->source_pitch, work->width);
    }
  } else if (work->kind == WORK_SET) {
    set_bytes(work);
  } else if (work->kind == WORK_KERNEL) {
    run_kernel(work);
  } else if (work->kind == WORK_WAIT) {
    CUstream other = stream_by_id(work->wait_stream);
    if (other) run_stream(other, work->wait_order);
  }
}

/* The default stream and the blocking streams of a context wait for each other's earlier work. */
static void run_what_precedes(CUstream stream, uint64_t order) {
  CUcontext context = stream->context;
  if (stream->non_blocking) return;
  if (stream != &context->default_stream) {
    run_stream(&context->default_stream, order - 1);
    return;
  }
  for (CUstream s = streams; s; s = s->next) {
    if (s->context == context && s != stream && !s->non_blocking) run_stream(s, order - 1);
  }
}

void run_stream(CUstream stream, uint64_t until) {
  if (stream == &stream->context->default_stream) run_what_precedes(stream, until + 1);
  while (stream->first && stream->first->order <= until) {
    run_what_precedes(stream, stream->first->order);
    struct work *work = stream->first;
    stream->first = work->next;
    if (!stream->first) stream->last = NULL;
    execute(work);
    free_work(work);
  }
}

void run_context(CUcontext context) {
  run_stream(&context->default_stream, orders);
  for (CUstream s = streams; s; s = s->next) {
    if (s->context == context) run_stream(s, orders);
  }
}

static void enlist(CUstream stream) {
  stream->id = ++stream_ids;
  stream->next = streams;
  streams = stream;
}

CUresult find_stream(CUcontext context, CUstream handle, CUstream *stream) {
  *stream = NULL;
  if ((uintptr_t)handle <= 2) { /* null, legacy and per-thread default stream */
    *stream = &context->default_stream;
    if (!(*stream)->id) enlist(*stream);
    return CUDA_SUCCESS;
  }
  for (CUstream s = streams; s; s = s->next) {
    if (s != handle) continue;
    if (s->context != context) return CUDA_ERROR_INVALID_HANDLE;
    *stream = s;
    return CUDA_SUCCESS;
  }
  return CUDA_ERROR_INVALID_HANDLE;
}

CUresult submit(CUstream stream, struct work *work) {
  work->order = ++orders;
  if (stream->last) stream->last->next = work;
  else stream->first = work;
  stream->last = work;
  stream->polled = false;
  if (!setting("LAZY", 1)) run_stream(stream, orders);
  return CUDA_SUCCESS;
}

EXPORT CUresult cuStreamCreate(CUstream *stream, unsigned flags) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  *stream = calloc(1, sizeof(**stream));
  if (!*stream) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  (*stream)->context = context;
  (*stream)->non_blocking = flags & 1;
  enlist(*stream);
  count(&live.streams, 1);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuCtxGetStreamPriorityRange(int *lowest, int *highest) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result && lowest) *lowest = 0;
  if (!result && highest) *highest = -5;
  return leave(result);
}

EXPORT CUresult cuStreamCreateWithPriority(CUstream *stream, unsigned flags, int priority) {
  FAULT_POINT();
  (void)priority;
  return cuStreamCreate(stream, flags);
}

static void unlist(CUstream stream) {
  for (CUstream *link = &streams; *link; link = &(*link)->next) {
    if (*link != stream) continue;
    *link = stream->next;
    return;
  }
}

static void end_stream(CUstream stream) {
  run_stream(stream, orders);
  unlist(stream);
  free(stream);
  count(&live.streams, -1);
}

EXPORT CUresult cuStreamDestroy_v2(CUstream handle) {
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  if (!result && stream == &context->default_stream) result = CUDA_ERROR_INVALID_HANDLE;
  if (result) return leave(result);
  end_stream(stream);
  return leave(RELEASED());
}

int destroy_streams_of(CUcontext context) {
  int destroyed = 0;
  for (CUstream s = streams, next; s; s = next) {
    next = s->next;
    if (s->context != context) continue;
    if (s == &context->default_stream) {
      unlist(s);
      continue;
    }
    end_stream(s);
    destroyed++;
  }
  return destroyed;
}

EXPORT CUresult cuStreamSynchronize(CUstream handle) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  if (!result) run_stream(stream, orders);
  return leave(result);
}

/* "Not ready" once, then done: polling makes progress, while code that queries once and goes on is caught. */
EXPORT CUresult cuStreamQuery(CUstream handle) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  if (result || !stream->first) return leave(result);
  if (!stream->polled) {
    stream->polled = true;
    return leave(CUDA_ERROR_NOT_READY);
  }
  run_stream(stream, orders);
  return leave(CUDA_SUCCESS);
}

EXPORT CUresult cuStreamGetCtx(CUstream handle, CUcontext *result_context) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  *result_context = context;
  if ((uintptr_t)handle <= 2) return leave(CUDA_SUCCESS);
  for (CUstream s = streams; s; s = s->next) {
    if (s != handle) continue;
    *result_context = s->context;
    return leave(CUDA_SUCCESS);
  }
  return leave(CUDA_ERROR_INVALID_HANDLE);
}

EXPORT CUresult cuStreamGetFlags(CUstream handle, unsigned *flags) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_stream(context, handle, &stream);
  if (!result) *flags = stream->non_blocking;
  return leave(result);
}

static CUresult find_event(CUevent handle) {
  for (CUevent e = events; e; e = e->next) {
    if (e == handle) return CUDA_SUCCESS;
  }
  return CUDA_ERROR_INVALID_HANDLE;
}

EXPORT CUresult cuEventCreate(CUevent *event, unsigned flags) {
  FAULT_POINT();
  (void)flags;
  CUcontext context;
  CUresult result = enter(&context);
  if (result) return leave(result);
  *event = calloc(1, sizeof(**event));
  if (!*event) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  (*event)->context = context;
  (*event)->next = events;
  events = *event;
  count(&live.events, 1);
  return leave(CUDA_SUCCESS);
}

static void end_event(CUevent event) {
  for (CUevent *link = &events; *link; link = &(*link)->next) {
    if (*link != event) continue;
    *link = event->next;
    break;
  }
  free(event);
  count(&live.events, -1);
}

EXPORT CUresult cuEventDestroy_v2(CUevent event) {
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = find_event(event);
  if (result) return leave(result);
  end_event(event);
  return leave(RELEASED());
}

int destroy_events_of(CUcontext context) {
  int destroyed = 0;
  for (CUevent e = events, next; e; e = next) {
    next = e->next;
    if (e->context != context) continue;
    end_event(e);
    destroyed++;
  }
  return destroyed;
}

EXPORT CUresult cuEventRecord(CUevent event, CUstream handle) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_event(event);
  if (!result) result = find_stream(context, handle, &stream);
  if (!result && event->context != context) result = CUDA_ERROR_INVALID_HANDLE;
  struct work *mark = result ? NULL : new_work(WORK_MARK);
  if (!result && !mark) result = CUDA_ERROR_OUT_OF_MEMORY;
  if (result) return leave(result);
  result = submit(stream, mark);
  event->stream = stream->id;
  event->order = orders;
  event->polled = false;
  return leave(result);
}

EXPORT CUresult cuStreamWaitEvent(CUstream handle, CUevent event, unsigned flags) {
  FAULT_POINT();
  (void)flags;
  CUcontext context;
  CUresult result = enter(&context);
  CUstream stream = NULL;
  if (!result) result = find_event(event);
  if (!result) result = find_stream(context, handle, &stream);
  if (result || !event->order) return leave(result);
  struct work *work = new_work(WORK_WAIT);
  if (!work) return leave(CUDA_ERROR_OUT_OF_MEMORY);
  work->wait_stream = event->stream;
  work->wait_order = event->order;
  return leave(submit(stream, work));
}

EXPORT CUresult cuEventSynchronize(CUevent event) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = find_event(event);
  CUstream stream = result ? NULL : stream_by_id(event->stream);
  if (stream) run_stream(stream, event->order);
  return leave(result);
}

EXPORT CUresult cuEventQuery(CUevent event) {
  FAULT_POINT();
  CUcontext context;
  CUresult result = enter(&context);
  if (!result) result = find_event(event);
  CUstream stream = result ? NULL : stream_by_id(event->stream);
  if (!stream || !stream->first || stream->first->order > event->order) return leave(result);
  if (!event->polled) {
    event->polled = true;
    return leave(CUDA_ERROR_NOT_READY);
  }
  run_stream(stream, event->order);
  return leave(CUDA_SUCCESS);
}

/* There is no clock: every interval is one millisecond. */
EXPORT CUresult cuEventElapsedTime_v2(float *milliseconds, CUevent start, CUevent end) {
  FAULT_POINT();
  driver_lock();
  CUresult result = find_event(start) ? CUDA_ERROR_INVALID_HANDLE : find_event(end);
  if (!result) *milliseconds = 1;
  return leave(result);
}

EXPORT CUresult cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  return cuEventElapsedTime_v2(milliseconds, start, end);
}
