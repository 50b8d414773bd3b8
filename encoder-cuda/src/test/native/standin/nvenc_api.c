/* The entry points of libnvidia-encode and of its function table. */
#include "nvenc_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
  LIST_VERSION = 0x7002000d,
  OPEN_VERSION = 0x7001000d,
  CAPS_VERSION = 0x7001000d,
  PRESET_VERSION = (int)0xf005000d,
  INPUT_VERSION = 0x7002000d,
  BITSTREAM_VERSION = 0x7001000d,
  PICTURE_VERSION = (int)0xf007000d,
  LOCK_VERSION = (int)0xf002000d,
  LOCK_INPUT_VERSION = 0x7001000d,
  MAP_VERSION = 0x7004000d,
  REGISTER_VERSION = 0x7005000d,
  SEQUENCE_VERSION = 0x7001000d,
  RECONFIGURE_VERSION = (int)0xf002000d,
  API_VERSION = 0xd,
  SLOTS = 43,
};

int cuCtxGetDevice(int *device);

struct nvenc_counts nvenc_live;

static pthread_mutex_t sessions_lock = PTHREAD_MUTEX_INITIALIZER;
static struct session *sessions;
static struct fault encode_fault, lock_fault, register_fault, map_fault, input_fault, bitstream_fault;

static void journal_live(const char *when) {
  journal("nvenc %s session=%d input=%d bitstream=%d registered=%d mapped=%d", when, nvenc_live.sessions,
      nvenc_live.inputs, nvenc_live.bitstreams, nvenc_live.registered, nvenc_live.mapped);
}

__attribute__((destructor)) static void at_end(void) {
  journal_live("end");
}

void nvenc_count(int *which, int change) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  *which += change;
  journal_live("live");
  pthread_mutex_unlock(&lock);
}

int fail(struct session *session, int code, const char *text) {
  snprintf(session->error, sizeof(session->error), "%s", text);
  return code;
}

/* The session of a handle, locked; null for a handle that is none. */
static struct session *enter(void *handle) {
  pthread_mutex_lock(&sessions_lock);
  struct session *s = sessions;
  while (s && s != handle) s = s->next;
  pthread_mutex_unlock(&sessions_lock);
  if (s) pthread_mutex_lock(&s->lock);
  return s;
}

static int leave(struct session *session, int code) {
  pthread_mutex_unlock(&session->lock);
  return code;
}

/* The number of structure members that follow is checked by its version alone, as the driver does. */
static bool is_version(const void *structure, int version) {
  return get32(structure, 0) == (uint32_t)version;
}

static int device_of(void *context) {
  int device = -1;
  void *popped;
  if (cuCtxPushCurrent_v2(context)) return -1;
  if (cuCtxGetDevice(&device)) device = -1;
  cuCtxPopCurrent_v2(&popped);
  return device;
}

static int open_refusal(void *context) {
  char key[32];
  int device = device_of(context);
  if (device < 0) return NVENC_INVALID_DEVICE;
  snprintf(key, sizeof(key), "FAIL_OPEN_%d", device);
  long long refused = setting(key, setting("FAIL_OPEN", 0));
  if (refused) return (int)refused;
  return nvenc_live.sessions >= setting("MAX_SESSIONS", 1000) ? (int)setting("MAX_SESSIONS_ERROR", NVENC_OUT_OF_MEMORY) : 0;
}

static int open_session(const void *parameters, void **encoder) {
  *encoder = NULL;
  if (!is_version(parameters, OPEN_VERSION) || get32(parameters, 24) != API_VERSION) return NVENC_INVALID_VERSION;
  void *context = get_pointer(parameters, 8);
  if (get32(parameters, 4) != 1 || !context) return NVENC_INVALID_DEVICE;
  int refused = open_refusal(context);
  if (refused) return refused;
  struct session *s = calloc(1, sizeof(*s));
  if (!s) return NVENC_OUT_OF_MEMORY;
  s->context = context;
  s->device = device_of(context);
  pthread_mutex_init(&s->lock, NULL);
  pthread_mutex_lock(&sessions_lock);
  s->next = sessions;
  sessions = s;
  pthread_mutex_unlock(&sessions_lock);
  nvenc_count(&nvenc_live.sessions, 1);
  *encoder = s;
  return NVENC_SUCCESS;
}

static bool has_codec(enum codec codec) {
  static const char *const names[] = {"h264", "hevc", "av1"};
  char text[128];
  return !setting_text("CODECS", text, sizeof(text)) || strstr(text, names[codec]);
}

static int guid_count(void *encoder, uint32_t *count) {
  (void)encoder;
  *count = 0;
  for (int i = 0; i < CODEC_NONE; i++) *count += has_codec((enum codec)i);
  return NVENC_SUCCESS;
}

static int guids(void *encoder, struct guid *guids_out, uint32_t room, uint32_t *count) {
  (void)encoder;
  *count = 0;
  for (int i = 0; i < CODEC_NONE; i++) {
    if (has_codec((enum codec)i) && *count < room) guids_out[(*count)++] = guid_of((enum codec)i);
  }
  return NVENC_SUCCESS;
}

static int caps(void *encoder, struct guid guid, const void *query, int *value) {
  (void)encoder;
  static const int known[][2] = {{0, 4}, {1, 63}, {7, 1}, {13, 62}, {19, 1}, {20, 1}, {26, 1}, {31, 262144},
      {32, 983040}, {34, 1}, {37, 1}, {38, 1}, {41, 1}, {43, 3}, {45, 1}, {46, 1}, {47, 1}, {49, 1}, {55, 1}, {56, 3},
      {57, 1}};
  if (!is_version(query, CAPS_VERSION)) return NVENC_INVALID_VERSION;
  int cap = (int)get32(query, 4);
  enum codec codec = codec_of(guid);
  *value = 0;
  for (size_t i = 0; i < LENGTH(known); i++) {
    if (known[i][0] == cap) *value = known[i][1];
  }
  if (cap == 16 || cap == 17) *value = codec == CODEC_H264 ? 4096 : 8192;
  if (cap == 39) *value = codec != CODEC_H264;
  char key[32];
  snprintf(key, sizeof(key), "CAP_%d", cap);
  *value = (int)setting(key, *value);
  return NVENC_SUCCESS;
}

static int preset_ex(void *encoder, struct guid codec_guid, struct guid preset, uint32_t tuning, void *result) {
  (void)encoder;
  (void)preset;
  enum codec codec = codec_of(codec_guid);
  if (!is_version(result, PRESET_VERSION) || get32(result, 8) != 0xf009000du) return NVENC_INVALID_VERSION;
  if (codec == CODEC_NONE) return NVENC_INVALID_PARAM;
  preset_config((char *)result + 8, codec, tuning);
  return NVENC_SUCCESS;
}

static int preset_plain(void *encoder, struct guid codec_guid, struct guid preset, void *result) {
  return preset_ex(encoder, codec_guid, preset, 1, result);
}

static int initialize(void *encoder, const void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  int result = (int)setting("FAIL_INIT", 0);
  if (result) return leave(s, fail(s, result, "As asked for by FAIL_INIT."));
  result = read_config(s, parameters);
  s->initialized = result == NVENC_SUCCESS;
  s->delay = s->video.lookahead + (unsigned)setting("DELAY", 0);
  return leave(s, result);
}

static int reconfigure(void *encoder, const void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, RECONFIGURE_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  journal("nvenc reconfigure");
  if (get32(parameters, 1808) & 2) s->force_idr = true;
  struct session changed = *s;
  int result = get_pointer(parameters, 8 + 88) ? read_config(&changed, (const char *)parameters + 8) : NVENC_SUCCESS;
  return leave(s, result);
}

static int set_streams(void *encoder, void **in, void **out) {
  (void)out;
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  s->stream = in ? *in : NULL;
  return leave(s, NVENC_SUCCESS);
}

static int sequence_params(void *encoder, const void *payload) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(payload, SEQUENCE_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  struct bits out = {0};
  bool made = s->video.codec == CODEC_H264   ? h264_headers(&s->video, &out)
              : s->video.codec == CODEC_HEVC ? hevc_headers(&s->video, &out)
                                             : av1_headers(&s->video, &out);
  bool fits = made && out.size <= get32(payload, 4);
  if (fits) {
    memcpy(get_pointer(payload, 16), out.bytes, out.size);
    *(uint32_t *)get_pointer(payload, 24) = (uint32_t)out.size;
  }
  free_bits(&out);
  return leave(s, fits ? NVENC_SUCCESS : fail(s, NVENC_GENERIC, "No headers."));
}

static int create_input(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, INPUT_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&input_fault, "FAIL_INPUT_AT")) return leave(s, NVENC_OUT_OF_MEMORY);
  struct input *input = calloc(1, sizeof(*input));
  if (!input) return leave(s, NVENC_OUT_OF_MEMORY);
  *input = (struct input){.format = get32(parameters, 16), .width = (int)get32(parameters, 4),
      .height = (int)get32(parameters, 8)};
  size_t bytes = input->format == FORMAT_P010 ? 2 : 1;
  input->pitch = ((size_t)input->width * bytes + 63) / 64 * 64;
  size_t extent = input_extent(input);
  bool taken = extent && (bytes == 1 || s->video.depth > 8);
  input->host = taken ? calloc(extent + input->pitch, 1) : NULL;
  if (!input->host) {
    free(input);
    return leave(s, fail(s, taken ? NVENC_OUT_OF_MEMORY : NVENC_UNSUPPORTED_PARAM, "Input format not supported."));
  }
  input->next = s->inputs;
  s->inputs = input;
  set_pointer(parameters, 24, input);
  nvenc_count(&nvenc_live.inputs, 1);
  return leave(s, NVENC_SUCCESS);
}

static struct input **find_input(struct input **list, const void *handle) {
  while (*list && *list != handle) list = &(*list)->next;
  return *list ? list : NULL;
}

static void note_use(const struct session *s, const struct input *input, const char *what) {
  if (input_in_use(s, input)) journal("nvenc misuse %s an input that is still to be coded", what);
}

static int destroy_input(void *encoder, void *handle) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->inputs, handle);
  if (!link) return leave(s, NVENC_INVALID_PARAM);
  struct input *input = *link;
  note_use(s, input, "destroyed");
  *link = input->next;
  free(input->host);
  free(input);
  nvenc_count(&nvenc_live.inputs, -1);
  return leave(s, NVENC_SUCCESS);
}

static int lock_input(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, LOCK_INPUT_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  struct input **link = find_input(&s->inputs, get_pointer(parameters, 8));
  if (!link) return leave(s, NVENC_INVALID_PARAM);
  note_use(s, *link, "locked");
  set_pointer(parameters, 16, (*link)->host);
  set32(parameters, 24, (uint32_t)(*link)->pitch);
  return leave(s, NVENC_SUCCESS);
}

static int unlock_input(void *encoder, void *handle) {
  (void)encoder;
  return handle ? NVENC_SUCCESS : NVENC_INVALID_PARAM;
}

static int register_resource(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, REGISTER_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&register_fault, "FAIL_REGISTER_AT")) return leave(s, fail(s, NVENC_REGISTER_FAILED, "As asked for."));
  struct input input = {.format = get32(parameters, 40), .width = (int)get32(parameters, 8),
      .height = (int)get32(parameters, 12), .pitch = get32(parameters, 16), .device = get64(parameters, 24)};
  size_t bytes = input.format == FORMAT_P010 ? 2 : 1;
  if (!input_extent(&input) || (bytes == 2 && s->video.depth == 8)) {
    return leave(s, fail(s, NVENC_UNSUPPORTED_PARAM, "Input format not supported."));
  }
  bool sound = get32(parameters, 4) == 1 && input.pitch % 4 == 0 && input.pitch >= (size_t)input.width * bytes &&
      input.width >= s->video.width && input.height >= s->video.height;
  if (!sound) return leave(s, fail(s, NVENC_INVALID_PARAM, "Kind, size or pitch of the resource."));
  if (cuCtxPushCurrent_v2(s->context)) return leave(s, NVENC_INVALID_DEVICE);
  bool allocated = input_is_allocated(&input);
  void *popped;
  cuCtxPopCurrent_v2(&popped);
  struct input *resource = allocated ? malloc(sizeof(*resource)) : NULL;
  if (!resource) return leave(s, fail(s, NVENC_REGISTER_FAILED, "The picture is not inside one allocation."));
  input.next = s->resources;
  *resource = input;
  s->resources = resource;
  set_pointer(parameters, 32, resource);
  nvenc_count(&nvenc_live.registered, 1);
  return leave(s, NVENC_SUCCESS);
}

static int unregister_resource(void *encoder, void *handle) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->resources, handle);
  if (!link) return leave(s, NVENC_NOT_REGISTERED);
  struct input *resource = *link;
  if (resource->mapped) {
    journal("nvenc misuse unregistered a resource that is mapped");
    nvenc_count(&nvenc_live.mapped, -1);
  }
  *link = resource->next;
  free(resource);
  nvenc_count(&nvenc_live.registered, -1);
  return leave(s, NVENC_SUCCESS);
}

static int map_resource(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, MAP_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&map_fault, "FAIL_MAP_AT")) return leave(s, fail(s, NVENC_MAP_FAILED, "As asked for."));
  struct input **link = find_input(&s->resources, get_pointer(parameters, 16));
  if (!link) return leave(s, NVENC_NOT_REGISTERED);
  if ((*link)->mapped) return leave(s, fail(s, NVENC_MAP_FAILED, "Already mapped."));
  (*link)->mapped = true;
  set_pointer(parameters, 24, *link);
  set32(parameters, 32, (*link)->format);
  nvenc_count(&nvenc_live.mapped, 1);
  return leave(s, NVENC_SUCCESS);
}

static int unmap_resource(void *encoder, void *handle) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct input **link = find_input(&s->resources, handle);
  if (!link || !(*link)->mapped) return leave(s, NVENC_INVALID_PARAM);
  note_use(s, *link, "unmapped");
  (*link)->mapped = false;
  nvenc_count(&nvenc_live.mapped, -1);
  return leave(s, NVENC_SUCCESS);
}

static int create_bitstream(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, BITSTREAM_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  if (fault_now(&bitstream_fault, "FAIL_BITSTREAM_AT")) return leave(s, fail(s, NVENC_OUT_OF_MEMORY, "As asked for."));
  struct bitstream *b = calloc(1, sizeof(*b));
  if (!b) return leave(s, NVENC_OUT_OF_MEMORY);
  b->next = s->bitstreams;
  s->bitstreams = b;
  set_pointer(parameters, 16, b);
  nvenc_count(&nvenc_live.bitstreams, 1);
  return leave(s, NVENC_SUCCESS);
}

static struct bitstream **find_bitstream(struct session *s, const void *handle) {
  struct bitstream **link = &s->bitstreams;
  while (*link && *link != handle) link = &(*link)->next;
  return *link ? link : NULL;
}

static int destroy_bitstream(void *encoder, void *handle) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct bitstream **link = find_bitstream(s, handle);
  if (!link || ((*link)->queued && !(*link)->picture)) return leave(s, NVENC_INVALID_PARAM);
  struct bitstream *b = *link;
  *link = b->next;
  free(b);
  nvenc_count(&nvenc_live.bitstreams, -1);
  return leave(s, NVENC_SUCCESS);
}

static int submit(struct session *s, const void *parameters) {
  struct input **input = find_input(&s->inputs, get_pointer(parameters, 40));
  if (!input) input = find_input(&s->resources, get_pointer(parameters, 40));
  struct bitstream **output = find_bitstream(s, get_pointer(parameters, 48));
  if (!input || !output || (!(*input)->host && !(*input)->mapped)) {
    return fail(s, NVENC_INVALID_PARAM, "No such buffer, or not mapped.");
  }
  if ((*output)->queued) return fail(s, NVENC_INVALID_PARAM, "The bitstream buffer is in use.");
  struct picture *p = calloc(1, sizeof(*p));
  if (!p) return NVENC_OUT_OF_MEMORY;
  *p = (struct picture){.input = *input, .timestamp = get64(parameters, 24), .duration = get64(parameters, 32),
      .flags = get32(parameters, 16), .number = s->submitted++};
  if (s->force_idr) p->flags |= FLAG_FORCE_IDR;
  s->force_idr = false;
  struct picture **last = &s->waiting;
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

static int encode(void *encoder, const void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, PICTURE_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  if (!s->initialized) return leave(s, NVENC_NOT_INITIALIZED);
  if (get32(parameters, 16) & FLAG_EOS) {
    schedule(s, true);
    s->ended = true;
    return leave(s, NVENC_SUCCESS);
  }
  s->ended = false;
  if (fault_now(&encode_fault, "FAIL_ENCODE_AT")) {
    return leave(s, fail(s, (int)setting("FAIL_ENCODE", NVENC_OUT_OF_MEMORY), "As asked for by FAIL_ENCODE_AT."));
  }
  return leave(s, submit(s, parameters));
}

static void describe(const struct picture *p, void *parameters) {
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

static int lock_bitstream(void *encoder, void *parameters) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, LOCK_VERSION)) return leave(s, NVENC_INVALID_VERSION);
  struct bitstream **link = find_bitstream(s, get_pointer(parameters, 8));
  if (!link || (*link)->locked) return leave(s, fail(s, NVENC_INVALID_PARAM, "No such bitstream, or locked."));
  if (fault_now(&lock_fault, "FAIL_LOCK_AT")) {
    return leave(s, fail(s, (int)setting("FAIL_LOCK", NVENC_GENERIC), "As asked for by FAIL_LOCK_AT."));
  }
  struct picture *p = (*link)->picture;
  if (!p) return leave(s, fail(s, NVENC_LOCK_BUSY, "Nothing was coded into it yet."));
  if (!code_until(s, p->group)) return leave(s, fail(s, NVENC_GENERIC, "Coding failed."));
  (*link)->locked = true;
  describe(p, parameters);
  return leave(s, NVENC_SUCCESS);
}

static int unlock_bitstream(void *encoder, void *handle) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  struct bitstream **link = find_bitstream(s, handle);
  if (!link || !(*link)->locked) return leave(s, NVENC_INVALID_PARAM);
  struct picture *picture = (*link)->picture;
  (*link)->picture = NULL;
  (*link)->locked = (*link)->queued = false;
  struct picture **at = &s->scheduled;
  while (*at && *at != picture) at = &(*at)->next;
  if (*at) *at = picture->next;
  free_bits(&picture->out);
  free(picture);
  return leave(s, NVENC_SUCCESS);
}

static int free_inputs(struct input *list, int *which, int *mapped) {
  int freed = 0;
  while (list) {
    struct input *next = list->next;
    if (list->mapped) {
      nvenc_count(&nvenc_live.mapped, -1);
      (*mapped)++;
    }
    free(list->host);
    free(list);
    nvenc_count(which, -1);
    freed++;
    list = next;
  }
  return freed;
}

static int destroy(void *encoder) {
  struct session *s = enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  pthread_mutex_lock(&sessions_lock);
  struct session **link = &sessions;
  while (*link != s) link = &(*link)->next;
  *link = s->next;
  pthread_mutex_unlock(&sessions_lock);
  drop_pictures(s);
  int bitstreams = 0, mapped = 0;
  while (s->bitstreams) {
    struct bitstream *next = s->bitstreams->next;
    free(s->bitstreams);
    s->bitstreams = next;
    nvenc_count(&nvenc_live.bitstreams, -1);
    bitstreams++;
  }
  int inputs = free_inputs(s->inputs, &nvenc_live.inputs, &mapped);
  int resources = free_inputs(s->resources, &nvenc_live.registered, &mapped);
  if (bitstreams || inputs || resources) {
    journal("nvenc leaked input=%d bitstream=%d registered=%d mapped=%d", inputs, bitstreams, resources, mapped);
  }
  av1_close(s->av1);
  pthread_mutex_unlock(&s->lock);
  pthread_mutex_destroy(&s->lock);
  free(s);
  nvenc_count(&nvenc_live.sessions, -1);
  return NVENC_SUCCESS;
}

static const char *last_error(void *encoder) {
  struct session *s = enter(encoder);
  if (!s) return "";
  pthread_mutex_unlock(&s->lock);
  return s->error;
}

static int unimplemented(void) {
  journal("nvenc not supported: a call that is not written");
  return NVENC_UNIMPLEMENTED;
}

/* The table of functions: version, padding, then one pointer of eight bytes a slot. */
static void set_slot(void *list, size_t offset, const void *function) {
  set_pointer(list, offset, function);
}

#define SLOT(offset, function) set_slot(list, offset, (const void *)(uintptr_t)(function))

EXPORT int NvEncodeAPICreateInstance(void *list) {
  int refused = (int)setting("FAIL_INSTANCE", 0);
  if (refused) return refused;
  if (!is_version(list, LIST_VERSION)) return NVENC_INVALID_VERSION;
  for (size_t i = 0; i < SLOTS; i++) SLOT(8 + 8 * i, unimplemented);
  SLOT(16, guid_count);
  SLOT(40, guids);
  SLOT(64, caps);
  SLOT(88, preset_plain);
  SLOT(96, initialize);
  SLOT(104, create_input);
  SLOT(112, destroy_input);
  SLOT(120, create_bitstream);
  SLOT(128, destroy_bitstream);
  SLOT(136, encode);
  SLOT(144, lock_bitstream);
  SLOT(152, unlock_bitstream);
  SLOT(160, lock_input);
  SLOT(168, unlock_input);
  SLOT(184, sequence_params);
  SLOT(208, map_resource);
  SLOT(216, unmap_resource);
  SLOT(224, destroy);
  SLOT(240, open_session);
  SLOT(248, register_resource);
  SLOT(256, unregister_resource);
  SLOT(264, reconfigure);
  SLOT(304, last_error);
  SLOT(312, set_streams);
  SLOT(320, preset_ex);
  return NVENC_SUCCESS;
}

EXPORT int NvEncodeAPIGetMaxSupportedVersion(uint32_t *version) {
  *version = (uint32_t)setting("NVENC_VERSION", 0xd0);
  return NVENC_SUCCESS;
}
