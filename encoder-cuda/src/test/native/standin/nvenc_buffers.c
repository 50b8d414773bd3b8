/* Buffers, resources and bitstreams of a session, and the frames that pass through them. */
#include "nvenc_session.h"

#include <stdlib.h>

enum {
  INPUT_VERSION = STRUCT_VERSION(2),
  BITSTREAM_VERSION = STRUCT_VERSION(1),
  PIC_PARAMS_VERSION = LARGE_STRUCT_VERSION(7),
  LOCK_VERSION = LARGE_STRUCT_VERSION(2),
  LOCK_INPUT_VERSION = STRUCT_VERSION(1),
  MAP_VERSION = STRUCT_VERSION(4),
  REGISTER_VERSION = STRUCT_VERSION(5),
};

static struct fault encode_fault, lock_fault, register_fault, map_fault, input_fault, bitstream_fault;

int nvenc_create_input(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, INPUT_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&input_fault, "FAIL_INPUT_AT")) return nvenc_leave(s, NVENC_OUT_OF_MEMORY);
  struct input *input = calloc(1, sizeof(*input));
  if (!input) return nvenc_leave(s, NVENC_OUT_OF_MEMORY);
  *input = (struct input){.format = get32(parameters, 16), .width = (int)get32(parameters, 4),
      .height = (int)get32(parameters, 8)};
  size_t bytes = input->format == FORMAT_P010 ? 2 : 1;
  input->pitch = ((size_t)input->width * bytes + 63) / 64 * 64;
  size_t extent = input_extent(input);
  bool supported = extent && (bytes == 1 || s->video.depth > 8);
  input->host = supported ? calloc(extent + input->pitch, 1) : NULL;
  if (!input->host) {
    free(input);
    return nvenc_leave(s, fail(s, supported ? NVENC_OUT_OF_MEMORY : NVENC_UNSUPPORTED_PARAM, "Input format not supported."));
  }
  input->next = s->inputs;
  s->inputs = input;
  set_pointer(parameters, 24, input);
  nvenc_count(&nvenc_live.inputs, 1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

static struct input **find_input(struct input **list, const void *handle) {
  while (*list && *list != handle) list = &(*list)->next;
  return *list ? list : NULL;
}

static void note_use(const struct session *s, const struct input *input, const char *what) {
  if (input_in_use(s, input)) journal("nvenc misuse %s an input that has not been coded yet", what);
}

int nvenc_destroy_input(void *encoder, void *handle) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->inputs, handle);
  if (!link) return nvenc_leave(s, NVENC_INVALID_PARAM);
  struct input *input = *link;
  note_use(s, input, "destroyed");
  *link = input->next;
  free(input->host);
  free(input);
  nvenc_count(&nvenc_live.inputs, -1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_lock_input(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, LOCK_INPUT_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  struct input **link = find_input(&s->inputs, get_pointer(parameters, 8));
  if (!link) return nvenc_leave(s, NVENC_INVALID_PARAM);
  note_use(s, *link, "locked");
  set_pointer(parameters, 16, (*link)->host);
  set32(parameters, 24, (uint32_t)(*link)->pitch);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_unlock_input(void *encoder, void *handle) {
  (void)encoder;
  return handle ? NVENC_SUCCESS : NVENC_INVALID_PARAM;
}

int nvenc_register_resource(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, REGISTER_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&register_fault, "FAIL_REGISTER_AT")) return nvenc_leave(s, fail(s, NVENC_REGISTER_FAILED, "Requested by a setting."));
  struct input input = {.format = get32(parameters, 40), .width = (int)get32(parameters, 8),
      .height = (int)get32(parameters, 12), .pitch = get32(parameters, 16), .device = get64(parameters, 24)};
  size_t bytes = input.format == FORMAT_P010 ? 2 : 1;
  if (!input_extent(&input) || (bytes == 2 && s->video.depth == 8)) {
    return nvenc_leave(s, fail(s, NVENC_UNSUPPORTED_PARAM, "Input format not supported."));
  }
  bool valid = get32(parameters, 4) == 1 && input.pitch % 4 == 0 && input.pitch >= (size_t)input.width * bytes &&
      input.width >= s->video.width && input.height >= s->video.height;
  if (!valid) return nvenc_leave(s, fail(s, NVENC_INVALID_PARAM, "Invalid type, size or pitch of the resource."));
  if (cuCtxPushCurrent_v2(s->context)) return nvenc_leave(s, NVENC_INVALID_DEVICE);
  bool allocated = input_is_allocated(&input);
  void *popped;
  cuCtxPopCurrent_v2(&popped);
  struct input *resource = allocated ? malloc(sizeof(*resource)) : NULL;
  if (!resource) return nvenc_leave(s, fail(s, NVENC_REGISTER_FAILED, "The frame is not inside one allocation."));
  input.next = s->resources;
  *resource = input;
  s->resources = resource;
  set_pointer(parameters, 32, resource);
  nvenc_count(&nvenc_live.registered, 1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_unregister_resource(void *encoder, void *handle) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->resources, handle);
  if (!link) return nvenc_leave(s, NVENC_NOT_REGISTERED);
  struct input *resource = *link;
  if (resource->mapped) {
    journal("nvenc misuse unregistered a resource that is mapped");
    nvenc_count(&nvenc_live.mapped, -1);
  }
  *link = resource->next;
  free(resource);
  nvenc_count(&nvenc_live.registered, -1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_map_resource(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, MAP_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&map_fault, "FAIL_MAP_AT")) return nvenc_leave(s, fail(s, NVENC_MAP_FAILED, "Requested by a setting."));
  struct input **link = find_input(&s->resources, get_pointer(parameters, 16));
  if (!link) return nvenc_leave(s, NVENC_NOT_REGISTERED);
  if ((*link)->mapped) return nvenc_leave(s, fail(s, NVENC_MAP_FAILED, "Already mapped."));
  (*link)->mapped = true;
  set_pointer(parameters, 24, *link);
  set32(parameters, 32, (*link)->format);
  nvenc_count(&nvenc_live.mapped, 1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_unmap_resource(void *encoder, void *handle) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->resources, handle);
  if (!link || !(*link)->mapped) return nvenc_leave(s, NVENC_INVALID_PARAM);
  note_use(s, *link, "unmapped");
  (*link)->mapped = false;
  nvenc_count(&nvenc_live.mapped, -1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_create_bitstream(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, BITSTREAM_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&bitstream_fault, "FAIL_BITSTREAM_AT")) return nvenc_leave(s, fail(s, NVENC_OUT_OF_MEMORY, "Requested by a setting."));
  struct bitstream *b = calloc(1, sizeof(*b));
  if (!b) return nvenc_leave(s, NVENC_OUT_OF_MEMORY);
  b->next = s->bitstreams;
  s->bitstreams = b;
  set_pointer(parameters, 16, b);
  nvenc_count(&nvenc_live.bitstreams, 1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

static struct bitstream **find_bitstream(struct session *s, const void *handle) {
  struct bitstream **link = &s->bitstreams;
  while (*link && *link != handle) link = &(*link)->next;
  return *link ? link : NULL;
}

int nvenc_destroy_bitstream(void *encoder, void *handle) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct bitstream **link = find_bitstream(s, handle);
  if (!link || ((*link)->queued && !(*link)->frame)) return nvenc_leave(s, NVENC_INVALID_PARAM);
  struct bitstream *b = *link;
  *link = b->next;
  free(b);
  nvenc_count(&nvenc_live.bitstreams, -1);
  return nvenc_leave(s, NVENC_SUCCESS);
}

static int submit(struct session *s, const void *parameters) {
  struct input **input = find_input(&s->inputs, get_pointer(parameters, 40));
  if (!input) input = find_input(&s->resources, get_pointer(parameters, 40));
  struct bitstream **output = find_bitstream(s, get_pointer(parameters, 48));
  if (!input || !output || (!(*input)->host && !(*input)->mapped)) {
    return fail(s, NVENC_INVALID_PARAM, "No such buffer, or not mapped.");
  }
  if ((*output)->queued) return fail(s, NVENC_INVALID_PARAM, "The bitstream buffer is in use.");
  struct frame *p = calloc(1, sizeof(*p));
  if (!p) return NVENC_OUT_OF_MEMORY;
  *p = (struct frame){.input = *input, .timestamp = get64(parameters, 24), .duration = get64(parameters, 32),
      .flags = get32(parameters, 16), .number = s->submitted++};
  if (s->force_idr) p->flags |= FLAG_FORCE_IDR;
  s->force_idr = false;
  struct frame **last = &s->waiting;
  while (*last) last = &(*last)->next;
  *last = p;
  struct bitstream *b = *output;
  b->queued = true;
  b->next_waiting = NULL;
  if (s->last_output) s->last_output->next_waiting = b;
  else s->first_output = b;
  s->last_output = b;
  if (!schedule(s, false)) return NVENC_NEED_MORE_INPUT;
  if (setting("LAZY", 1)) return NVENC_SUCCESS;
  return code_until(s, s->groups) ? NVENC_SUCCESS : fail(s, NVENC_GENERIC, "Coding failed.");
}

int nvenc_encode(void *encoder, const void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, PIC_PARAMS_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  if (!s->initialized) return nvenc_leave(s, NVENC_NOT_INITIALIZED);
  if (get32(parameters, 16) & FLAG_EOS) {
    schedule(s, true);
    s->ended = true;
    return nvenc_leave(s, NVENC_SUCCESS);
  }
  s->ended = false;
  if (fault_now(&encode_fault, "FAIL_ENCODE_AT")) {
    return nvenc_leave(s, fail(s, (int)setting("FAIL_ENCODE", NVENC_OUT_OF_MEMORY), "Requested by FAIL_ENCODE_AT."));
  }
  return nvenc_leave(s, submit(s, parameters));
}

static void describe(const struct frame *p, void *parameters) {
  uint32_t *offsets = get_pointer(parameters, 16);
  if (offsets) *offsets = 0;
  set32(parameters, 24, p->number);
  set32(parameters, 28, 2); /* done */
  set32(parameters, 32, 1);
  set32(parameters, 36, (uint32_t)p->out.size);
  set64(parameters, 40, p->timestamp);
  set64(parameters, 48, p->duration);
  set_pointer(parameters, 56, p->out.bytes);
  set32(parameters, 64, p->coding.type);
  set32(parameters, 68, 1); /* a frame */
  set32(parameters, 72, 20);
  set32(parameters, 128, p->number);
}

int nvenc_lock_bitstream(void *encoder, void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, LOCK_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  struct bitstream **link = find_bitstream(s, get_pointer(parameters, 8));
  if (!link || (*link)->locked) return nvenc_leave(s, fail(s, NVENC_INVALID_PARAM, "No such bitstream, or it is locked."));
  if (fault_now(&lock_fault, "FAIL_LOCK_AT")) {
    return nvenc_leave(s, fail(s, (int)setting("FAIL_LOCK", NVENC_GENERIC), "Requested by FAIL_LOCK_AT."));
  }
  struct frame *p = (*link)->frame;
  if (!p) return nvenc_leave(s, fail(s, NVENC_LOCK_BUSY, "Nothing has been coded into it yet."));
  if (!code_until(s, p->group)) return nvenc_leave(s, fail(s, NVENC_GENERIC, "Coding failed."));
  (*link)->locked = true;
  describe(p, parameters);
  return nvenc_leave(s, NVENC_SUCCESS);
}

int nvenc_unlock_bitstream(void *encoder, void *handle) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct bitstream **link = find_bitstream(s, handle);
  if (!link || !(*link)->locked) return nvenc_leave(s, NVENC_INVALID_PARAM);
  struct frame *frame = (*link)->frame;
  (*link)->frame = NULL;
  (*link)->locked = (*link)->queued = false;
  struct frame **at = &s->scheduled;
  while (*at && *at != frame) at = &(*at)->next;
  if (*at) *at = frame->next;
  free_bits(&frame->out);
  free(frame);
  return nvenc_leave(s, NVENC_SUCCESS);
}
