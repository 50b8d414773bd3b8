/*
 * The stand-in libnvcuvid: decoders that really decode what the stand-in encoder writes. Structures are read by byte
 * offset; codes and numbers are those of the NVDEC API 13.
 */
#include "nvdec_standin.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  CODEC_ID_H264 = 4,
  CODEC_ID_HEVC = 8,
  CHROMA_420 = 1,
  OUTPUT_NV12 = 0,
  OUTPUT_P016 = 1,
  SURFACES_MAX = 64,
  PITCH = 512,
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  INVALID_CONTEXT = 201,
  INVALID_HANDLE = 400,
  NOT_SUPPORTED = 801,
  LAUNCH_FAILED = 719,
};

/* A decoded picture in the memory of the decoder. */
struct surface {
  uint8_t *bytes; /* luma, then interleaved chroma, without padding */
  bool decoded;
};

/* A picture that the client reads, in device memory. */
struct output {
  struct output *next;
  unsigned long long pointer;
};

struct decoder {
  struct decoder *next;
  void *context;
  int codec, width, height, depth;
  unsigned surfaces, outputs_max, outputs_count;
  struct surface pictures[SURFACES_MAX];
  struct output *outputs;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct decoder *decoders;
static int live_decoders, live_outputs;

int cuCtxGetCurrent(void **context);
int cuMemAlloc_v2(unsigned long long *pointer, size_t size);
int cuMemFree_v2(unsigned long long pointer);
int cuMemcpy2DAsync_v2(const struct copy_2d *copy, void *stream);

static void journal_live(const char *when) {
  journal("nvdec %s decoder=%d output=%d", when, live_decoders, live_outputs);
}

static int leave(int code) {
  pthread_mutex_unlock(&lock);
  return code;
}

static bool is_listed(const char *key, const char *fallback, const char *word) {
  char text[256];
  if (!setting_text(key, text, sizeof(text))) snprintf(text, sizeof(text), "%s", fallback);
  for (char *rest = text, *name; (name = strtok_r(rest, " ", &rest));) {
    if (!strcmp(name, word)) return true;
  }
  return false;
}

static bool is_supported(int codec, int chroma, unsigned depth) {
  if (chroma != CHROMA_420) return false;
  if (codec == CODEC_ID_H264) return depth == 8 && is_listed("NVDEC_CODECS", "h264 hevc", "h264");
  return codec == CODEC_ID_HEVC && (depth == 8 || depth == 10) && is_listed("NVDEC_CODECS", "h264 hevc", "hevc");
}

EXPORT int cuvidGetDecoderCaps(void *caps) {
  void *context = NULL;
  if (cuCtxGetCurrent(&context) || !context) return INVALID_CONTEXT;
  int failure = (int)setting("FAIL_CAPS", 0);
  if (failure) return failure;
  unsigned depth = get32(caps, 8) + 8;
  bool supported = is_supported((int)get32(caps, 0), (int)get32(caps, 4), depth);
  memset((char *)caps + 24, 0, 24);
  if (!supported) return SUCCESS;
  ((uint8_t *)caps)[24] = 1;
  ((uint8_t *)caps)[25] = 1;
  set16(caps, 26, 1 << OUTPUT_NV12 | (depth > 8 ? 1 << OUTPUT_P016 : 0));
  unsigned width = (unsigned)setting("NVDEC_MAX_WIDTH", 4096), height = (unsigned)setting("NVDEC_MAX_HEIGHT", 4096);
  set32(caps, 28, width);
  set32(caps, 32, height);
  set32(caps, 36, (unsigned)setting("NVDEC_MAX_BLOCKS", width * height / 256));
  set16(caps, 40, (unsigned)setting("NVDEC_MIN_WIDTH", 16));
  set16(caps, 42, (unsigned)setting("NVDEC_MIN_HEIGHT", 16));
  return SUCCESS;
}

/* The decoder of a handle, with the lock held; null, with the lock held too, if there is none. */
static struct decoder *find(void *handle) {
  pthread_mutex_lock(&lock);
  for (struct decoder *d = decoders; d; d = d->next) {
    if (d == handle) return d;
  }
  journal("nvdec misuse a decoder that does not exist");
  return NULL;
}

static size_t sample_bytes(const struct decoder *d) {
  return d->depth > 8 ? 2 : 1;
}

static size_t picture_bytes(const struct decoder *d) {
  return (size_t)d->width * (size_t)d->height * 3 / 2 * sample_bytes(d);
}

static void free_decoder(struct decoder *d) {
  for (unsigned i = 0; i < d->surfaces; i++) free(d->pictures[i].bytes);
  free(d);
}

static struct decoder *new_decoder(const void *info, void *context) {
  struct decoder *d = calloc(1, sizeof(*d));
  if (!d) return NULL;
  d->context = context;
  d->width = (int)get64(info, 0);
  d->height = (int)get64(info, 8);
  d->surfaces = (unsigned)get64(info, 16);
  d->codec = (int)get32(info, 24);
  d->depth = (int)get64(info, 40) + 8;
  d->outputs_max = (unsigned)get64(info, 112);
  for (unsigned i = 0; i < d->surfaces; i++) {
    d->pictures[i].bytes = malloc(picture_bytes(d));
    if (d->pictures[i].bytes) continue;
    free_decoder(d);
    return NULL;
  }
  return d;
}

/* Returns false if a decoder like this cannot be created. */
static bool is_possible(const void *info) {
  uint64_t width = get64(info, 0), height = get64(info, 8), surfaces = get64(info, 16);
  unsigned depth = (unsigned)get64(info, 40) + 8;
  unsigned output = depth > 8 ? OUTPUT_P016 : OUTPUT_NV12;
  return is_supported((int)get32(info, 24), (int)get32(info, 28), depth) && width && height && width % 16 == 0 &&
      height % 16 == 0 && width <= (uint64_t)setting("NVDEC_MAX_WIDTH", 4096) &&
      height <= (uint64_t)setting("NVDEC_MAX_HEIGHT", 4096) && surfaces && surfaces <= SURFACES_MAX &&
      get32(info, 88) == output && get64(info, 96) == width && get64(info, 104) == height && get64(info, 112);
}

EXPORT int cuvidCreateDecoder(void **handle, const void *info) {
  static struct fault fault;
  void *context = NULL;
  if (cuCtxGetCurrent(&context) || !context) return INVALID_CONTEXT;
  if (fault_now(&fault, "FAIL_CREATE_DECODER_AT")) return (int)setting("FAIL_CREATE_DECODER", OUT_OF_MEMORY);
  if (!is_possible(info)) return NOT_SUPPORTED;
  struct decoder *d = new_decoder(info, context);
  if (!d) return OUT_OF_MEMORY;
  pthread_mutex_lock(&lock);
  d->next = decoders;
  decoders = d;
  live_decoders++;
  journal("nvdec create codec=%s size=%dx%d depth=%d surfaces=%u outputs=%u", d->codec == CODEC_ID_H264 ? "h264" : "hevc",
      d->width, d->height, d->depth, d->surfaces, d->outputs_max);
  journal_live("live");
  *handle = d;
  return leave(SUCCESS);
}

EXPORT int cuvidDestroyDecoder(void *handle) {
  struct decoder *d = find(handle);
  if (!d) return leave(INVALID_HANDLE);
  struct decoder **link = &decoders;
  while (*link != d) link = &(*link)->next;
  *link = d->next;
  if (d->outputs) journal("nvdec leaked output=%u", d->outputs_count);
  for (struct output *o = d->outputs, *next; o; o = next) {
    next = o->next;
    cuMemFree_v2(o->pointer);
    free(o);
    live_outputs--;
  }
  free_decoder(d);
  live_decoders--;
  journal_live("live");
  return leave(SUCCESS);
}

static bool is_mapped_context(const struct decoder *d) {
  void *context = NULL;
  if (!cuCtxGetCurrent(&context) && context == d->context) return true;
  journal("nvdec misuse the context of the decoder is not current");
  return false;
}

EXPORT int cuvidDecodePicture(void *handle, const void *picture) {
  static struct fault fault;
  struct decoder *d = find(handle);
  if (!d) return leave(INVALID_HANDLE);
  if (!is_mapped_context(d)) return leave(INVALID_CONTEXT);
  unsigned index = get32(picture, 8);
  if (index >= d->surfaces) return leave(INVALID_VALUE);
  d->pictures[index].decoded = false;
  if (fault_now(&fault, "FAIL_DECODE_AT")) return leave((int)setting("FAIL_DECODE", LAUNCH_FAILED));
  if ((int)get32(picture, 0) * 16 != d->width || (int)get32(picture, 4) * 16 != d->height || get32(picture, 40) != 1) {
    journal("nvdec not supported: %u slices, %ux%u blocks", get32(picture, 40), get32(picture, 0), get32(picture, 4));
    return leave(INVALID_VALUE);
  }
  struct coded coded = {.bytes = get_pointer(picture, 32), .size = get32(picture, 24), .hevc = d->codec == CODEC_ID_HEVC,
      .width = d->width, .height = d->height, .depth = d->depth};
  if (!decode_pcm(&coded, d->pictures[index].bytes)) {
    journal("nvdec not supported: a picture that the stand-in encoder has not written");
    return leave(INVALID_VALUE);
  }
  d->pictures[index].decoded = true;
  return leave(SUCCESS);
}

EXPORT int cuvidGetDecodeStatus(void *handle, int index, void *status) {
  struct decoder *d = find(handle);
  if (!d) return leave(INVALID_HANDLE);
  if (index < 0 || (unsigned)index >= d->surfaces) return leave(INVALID_VALUE);
  set32(status, 0, d->pictures[index].decoded ? 2 : 8);
  return leave(SUCCESS);
}

EXPORT int cuvidReconfigureDecoder(void *handle, void *info) {
  (void)handle;
  (void)info;
  journal("nvdec not supported: cuvidReconfigureDecoder");
  return NOT_SUPPORTED;
}

/* Copies rows to device memory as work of a stream, as the driver does it. */
static int copy_rows(const struct decoder *d, const uint8_t *from, unsigned long long to, size_t pitch, void *stream) {
  size_t row = (size_t)d->width * sample_bytes(d);
  struct copy_2d copy = {.source_kind = 1, .source_host = from, .source_pitch = row, .target_kind = 2,
      .target_device = to, .target_pitch = pitch, .width = row, .height = (size_t)d->height * 3 / 2};
  return cuMemcpy2DAsync_v2(&copy, stream);
}

static int map(struct decoder *d, const struct surface *picture, unsigned long long *pointer, unsigned *pitch,
    void *stream) {
  size_t row = ((size_t)d->width * sample_bytes(d) + PITCH - 1) / PITCH * PITCH;
  struct output *output = calloc(1, sizeof(*output));
  if (!output) return OUT_OF_MEMORY;
  int result = cuMemAlloc_v2(&output->pointer, row * (size_t)d->height * 3 / 2);
  if (!result) {
    result = copy_rows(d, picture->bytes, output->pointer, row, stream);
    if (result) cuMemFree_v2(output->pointer);
  }
  if (result) {
    free(output);
    return result;
  }
  output->next = d->outputs;
  d->outputs = output;
  d->outputs_count++;
  live_outputs++;
  *pointer = output->pointer;
  *pitch = (unsigned)row;
  journal_live("live");
  return SUCCESS;
}

EXPORT int cuvidMapVideoFrame64(void *handle, int index, unsigned long long *pointer, unsigned *pitch, void *process) {
  static struct fault fault;
  struct decoder *d = find(handle);
  if (!d) return leave(INVALID_HANDLE);
  if (!is_mapped_context(d)) return leave(INVALID_CONTEXT);
  if (fault_now(&fault, "FAIL_MAP_FRAME_AT")) return leave((int)setting("FAIL_MAP_FRAME", OUT_OF_MEMORY));
  if (index < 0 || (unsigned)index >= d->surfaces || !d->pictures[index].decoded) {
    journal("nvdec misuse mapped surface %d, which is not decoded", index);
    return leave(INVALID_VALUE);
  }
  if (d->outputs_count >= d->outputs_max) {
    journal("nvdec misuse mapped more than %u surfaces", d->outputs_max);
    return leave(INVALID_VALUE);
  }
  return leave(map(d, &d->pictures[index], pointer, pitch, get_pointer(process, 56)));
}

EXPORT int cuvidUnmapVideoFrame64(void *handle, unsigned long long pointer) {
  struct decoder *d = find(handle);
  if (!d) return leave(INVALID_HANDLE);
  for (struct output **link = &d->outputs; *link; link = &(*link)->next) {
    struct output *output = *link;
    if (output->pointer != pointer) continue;
    *link = output->next;
    d->outputs_count--;
    live_outputs--;
    int result = cuMemFree_v2(pointer);
    free(output);
    journal_live("live");
    return leave(result);
  }
  journal("nvdec misuse unmapped a surface that is not mapped");
  return leave(INVALID_VALUE);
}

/* Functions that FFmpeg's loader demands and its decoders do not call. */
#define STUB(name)                             \
  EXPORT int name(void);                       \
  int name(void) {                             \
    journal("nvdec not supported: %s", #name); \
    return NOT_SUPPORTED;                      \
  }

STUB(cuvidCtxLock)
STUB(cuvidCtxLockCreate)
STUB(cuvidCtxLockDestroy)
STUB(cuvidCtxUnlock)
STUB(cuvidCreateVideoParser)
STUB(cuvidCreateVideoSource)
STUB(cuvidCreateVideoSourceW)
STUB(cuvidDestroyVideoParser)
STUB(cuvidDestroyVideoSource)
STUB(cuvidGetSourceAudioFormat)
STUB(cuvidGetSourceVideoFormat)
STUB(cuvidGetVideoSourceState)
STUB(cuvidParseVideoData)
STUB(cuvidSetVideoSourceState)
