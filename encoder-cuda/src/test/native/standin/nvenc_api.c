/* The entry points of libnvidia-encode and of its function table. */
#include "nvenc_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
  LIST_VERSION = STRUCT_VERSION(2),
  OPEN_VERSION = STRUCT_VERSION(1),
  CAPS_VERSION = STRUCT_VERSION(1),
  PRESET_VERSION = LARGE_STRUCT_VERSION(5),
  SEQUENCE_VERSION = STRUCT_VERSION(1),
  RECONFIGURE_VERSION = LARGE_STRUCT_VERSION(2),
  SLOTS = 43,
};

int cuCtxGetDevice(int *device);

struct nvenc_counts nvenc_live;

static pthread_mutex_t sessions_lock = PTHREAD_MUTEX_INITIALIZER;
static struct session *sessions;

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

struct session *nvenc_enter(void *handle) {
  pthread_mutex_lock(&sessions_lock);
  struct session *s = sessions;
  while (s && s != handle) s = s->next;
  pthread_mutex_unlock(&sessions_lock);
  if (s) pthread_mutex_lock(&s->lock);
  return s;
}

int nvenc_leave(struct session *session, int code) {
  pthread_mutex_unlock(&session->lock);
  return code;
}

static int device_of(void *context) {
  int device = -1;
  void *popped;
  if (cuCtxPushCurrent_v2(context)) return -1;
  if (cuCtxGetDevice(&device)) device = -1;
  cuCtxPopCurrent_v2(&popped);
  return device;
}

static int open_error(void *context) {
  char key[32];
  int device = device_of(context);
  if (device < 0) return NVENC_INVALID_DEVICE;
  snprintf(key, sizeof(key), "FAIL_OPEN_%d", device);
  long long error = setting(key, setting("FAIL_OPEN", 0));
  if (error) return (int)error;
  return nvenc_live.sessions >= setting("MAX_SESSIONS", 1000) ? (int)setting("MAX_SESSIONS_ERROR", NVENC_OUT_OF_MEMORY) : 0;
}

static int open_session(const void *parameters, void **encoder) {
  *encoder = NULL;
  if (!is_version(parameters, OPEN_VERSION) || get32(parameters, 24) != API_VERSION) return NVENC_INVALID_VERSION;
  void *context = get_pointer(parameters, 8);
  if (get32(parameters, 4) != 1 || !context) return NVENC_INVALID_DEVICE;
  int refused = open_error(context);
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
  if (!is_version(result, PRESET_VERSION) || get32(result, 8) != (uint32_t)LARGE_STRUCT_VERSION(9)) return NVENC_INVALID_VERSION;
  if (codec == CODEC_NONE) return NVENC_INVALID_PARAM;
  preset_config((char *)result + 8, codec, tuning);
  return NVENC_SUCCESS;
}

static int preset_plain(void *encoder, struct guid codec_guid, struct guid preset, void *result) {
  return preset_ex(encoder, codec_guid, preset, 1, result);
}

static int initialize(void *encoder, const void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  int result = (int)setting("FAIL_INIT", 0);
  if (result) return nvenc_leave(s, fail(s, result, "Requested by FAIL_INIT."));
  result = read_config(s, parameters);
  s->initialized = result == NVENC_SUCCESS;
  s->delay = s->video.lookahead + (unsigned)setting("DELAY", 0);
  return nvenc_leave(s, result);
}

static int reconfigure(void *encoder, const void *parameters) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(parameters, RECONFIGURE_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
  journal("nvenc reconfigure");
  if (get32(parameters, 1808) & 2) s->force_idr = true;
  struct session changed = *s;
  int result = get_pointer(parameters, 8 + 88) ? read_config(&changed, (const char *)parameters + 8) : NVENC_SUCCESS;
  return nvenc_leave(s, result);
}

static int set_streams(void *encoder, void **in, void **out) {
  (void)out;
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  s->stream = in ? *in : NULL;
  return nvenc_leave(s, NVENC_SUCCESS);
}

static int sequence_params(void *encoder, const void *payload) {
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  if (!is_version(payload, SEQUENCE_VERSION)) return nvenc_leave(s, NVENC_INVALID_VERSION);
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
  return nvenc_leave(s, fits ? NVENC_SUCCESS : fail(s, NVENC_GENERIC, "No headers."));
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
  struct session *s = nvenc_enter(encoder);
  if (!s) return NVENC_INVALID_ENCODERDEVICE;
  pthread_mutex_lock(&sessions_lock);
  struct session **link = &sessions;
  while (*link != s) link = &(*link)->next;
  *link = s->next;
  pthread_mutex_unlock(&sessions_lock);
  drop_frames(s);
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
  struct session *s = nvenc_enter(encoder);
  if (!s) return "";
  pthread_mutex_unlock(&s->lock);
  return s->error;
}

static int unimplemented(void) {
  journal("nvenc not supported: an unimplemented call");
  return NVENC_UNIMPLEMENTED;
}

/* The function table: version, padding, then one eight-byte pointer per slot. */
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
  SLOT(104, nvenc_create_input);
  SLOT(112, nvenc_destroy_input);
  SLOT(120, nvenc_create_bitstream);
  SLOT(128, nvenc_destroy_bitstream);
  SLOT(136, nvenc_encode);
  SLOT(144, nvenc_lock_bitstream);
  SLOT(152, nvenc_unlock_bitstream);
  SLOT(160, nvenc_lock_input);
  SLOT(168, nvenc_unlock_input);
  SLOT(184, sequence_params);
  SLOT(208, nvenc_map_resource);
  SLOT(216, nvenc_unmap_resource);
  SLOT(224, destroy);
  SLOT(240, open_session);
  SLOT(248, nvenc_register_resource);
  SLOT(256, nvenc_unregister_resource);
  SLOT(264, reconfigure);
  SLOT(304, last_error);
  SLOT(312, set_streams);
  SLOT(320, preset_ex);
  return NVENC_SUCCESS;
}

EXPORT int NvEncodeAPIGetMaxSupportedVersion(uint32_t *version) {
  *version = (uint32_t)setting("NVENC_VERSION", API_MAJOR << 4 | API_MINOR);
  return NVENC_SUCCESS;
}
