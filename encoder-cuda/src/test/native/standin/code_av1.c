/*
 * AV1 has no PCM, so libaom codes frames losslessly, through a second copy of the process's libavcodec. The copy has its
 * own lock; the original's is held while FFmpeg opens the NVENC encoder. The structures below are the beginnings of
 * FFmpeg 8's public ones (libavcodec 62, libavutil 60).
 */
#define _GNU_SOURCE
#include "nvenc_standin.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

enum { PIXELS_YUV420P = 0, MEDIA_VIDEO = 0, TYPE_NONE = 0, TYPE_I = 1, SEARCH_CHILDREN = 1, SEQUENCE_HEADER = 1 };

struct parameters { /* AVCodecParameters */
  int type, id;
  uint32_t tag;
  uint8_t *extradata;
  int extradata_size;
  void *side_data;
  int side_data_count;
  int format;
  int64_t bit_rate;
  int coded_bits, raw_bits, profile, level, width, height;
  int sar[2], framerate[2];
  int field_order, range, primaries, transfer, space, location;
};

struct av_frame { /* AVFrame */
  uint8_t *data[8];
  int linesize[8];
  uint8_t **extended;
  int width, height, samples, format, pict_type;
  int sar[2];
  int64_t pts;
};

struct packet { /* AVPacket */
  void *buffer;
  int64_t pts, dts;
  uint8_t *data;
  int size;
};

struct av1 {
  void *context;
  struct av_frame *frame;
  struct packet *packet;
  int64_t frames;
};

static struct {
  void *(*find)(const char *name);
  void *(*new_context)(const void *codec);
  void (*free_context)(void **context);
  int (*open)(void *context, const void *codec, void *options);
  struct parameters *(*new_parameters)(void);
  void (*free_parameters)(struct parameters **parameters);
  int (*to_context)(void *context, const struct parameters *parameters);
  int (*from_context)(struct parameters *parameters, const void *context);
  int (*set)(void *object, const char *name, const char *value, int flags);
  struct av_frame *(*new_frame)(void);
  void (*free_frame)(struct av_frame **frame);
  int (*get_buffer)(struct av_frame *frame, int alignment);
  int (*writable)(struct av_frame *frame);
  struct packet *(*new_packet)(void);
  void (*free_packet)(struct packet **packet);
  void (*unref_packet)(struct packet *packet);
  int (*send)(void *context, const struct av_frame *frame);
  int (*receive)(void *context, struct packet *packet);
} lav;

static int find_libavcodec(struct dl_phdr_info *info, size_t size, void *path) {
  (void)size;
  const char *name = strrchr(info->dlpi_name, '/');
  if (!name || strncmp(name, "/libavcodec.so", 14) != 0) return 0;
  snprintf(path, PATH_MAX, "%s", info->dlpi_name);
  return 1;
}

static bool copy_file(const char *from, int to) {
  int source = open(from, O_RDONLY | O_CLOEXEC);
  if (source < 0) return false;
  ssize_t copied = 1;
  while (copied > 0) copied = sendfile(to, source, NULL, 1 << 30);
  close(source);
  return copied == 0;
}

/* Deletes the copy's file as soon as it is loaded. */
static void *open_copy(void) {
  char original[PATH_MAX] = "", copy[PATH_MAX];
  if (!setting_text("LIBAVCODEC", original, sizeof(original))) dl_iterate_phdr(find_libavcodec, original);
  setting_path("LIBAVCODEC_COPY", "libavcodec-copy-XXXXXX", copy, sizeof(copy));
  int file = mkostemp(copy, O_CLOEXEC);
  if (file < 0) return NULL;
  void *library = copy_file(original, file) ? dlopen(copy, RTLD_LAZY | RTLD_LOCAL) : NULL;
  if (!library) journal("nvenc misuse no AV1: copy of '%s': %s", original, dlerror());
  close(file);
  unlink(copy);
  return library;
}

static bool load(void *library) {
  const struct { const char *name; void *slot; } symbols[] = {
      {"avcodec_find_encoder_by_name", &lav.find}, {"avcodec_alloc_context3", &lav.new_context},
      {"avcodec_free_context", &lav.free_context}, {"avcodec_open2", &lav.open},
      {"avcodec_parameters_alloc", &lav.new_parameters}, {"avcodec_parameters_free", &lav.free_parameters},
      {"avcodec_parameters_to_context", &lav.to_context}, {"avcodec_parameters_from_context", &lav.from_context},
      {"av_opt_set", &lav.set}, {"av_frame_alloc", &lav.new_frame}, {"av_frame_free", &lav.free_frame},
      {"av_frame_get_buffer", &lav.get_buffer}, {"av_frame_make_writable", &lav.writable},
      {"av_packet_alloc", &lav.new_packet}, {"av_packet_free", &lav.free_packet},
      {"av_packet_unref", &lav.unref_packet}, {"avcodec_send_frame", &lav.send},
      {"avcodec_receive_packet", &lav.receive}};
  for (size_t i = 0; i < LENGTH(symbols); i++) {
    void *symbol = dlsym(library, symbols[i].name);
    if (!symbol) return false;
    memcpy(symbols[i].slot, &symbol, sizeof(symbol));
  }
  return true;
}

static bool loaded(void) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static bool tried, usable;
  pthread_mutex_lock(&lock);
  if (!tried) {
    void *library = open_copy();
    usable = library && load(library);
    tried = true;
  }
  pthread_mutex_unlock(&lock);
  return usable;
}

static void describe(const struct video *v, struct parameters *p) {
  p->type = MEDIA_VIDEO;
  p->width = v->width;
  p->height = v->height;
  p->format = v->depth > 8 ? (int)setting("AV1_PIXELS_10", 62) : PIXELS_YUV420P;
  p->framerate[0] = (int)v->fps_num;
  p->framerate[1] = (int)v->fps_den;
  p->range = v->full_range ? 2 : 1;
  p->primaries = (int)v->primaries;
  p->transfer = (int)v->transfer;
  p->space = (int)v->matrix;
  p->location = v->location_present ? (int)v->location : 0;
}

/* Sets log_level_offset, the second member, so that libaom's messages are below any level that is shown. */
static void silence(void *context) {
  int offset = 100;
  memcpy((char *)context + sizeof(void *), &offset, sizeof(offset));
}

static bool open_encoder(const struct video *v, struct av1 *state) {
  static const char *const options[][2] = {{"time_base", "1/1000000"}, {"g", "100000"}, {"usage", "realtime"},
      {"cpu-used", "8"}, {"lag-in-frames", "0"}, {"crf", "0"}, {"aom-params", "lossless=1"}, {"threads", "1"}};
  const void *codec = lav.find("libaom-av1");
  struct parameters *parameters = lav.new_parameters();
  state->context = codec ? lav.new_context(codec) : NULL;
  bool ready = state->context && parameters;
  if (ready) silence(state->context);
  if (ready && lav.from_context(parameters, state->context) >= 0) {
    describe(v, parameters);
    ready = lav.to_context(state->context, parameters) >= 0;
  }
  for (size_t i = 0; ready && i < LENGTH(options); i++) {
    ready = lav.set(state->context, options[i][0], options[i][1], SEARCH_CHILDREN) >= 0;
  }
  if (parameters) lav.free_parameters(&parameters);
  return ready && lav.open(state->context, codec, NULL) >= 0;
}

static bool open_state(const struct video *v, struct av1 **state) {
  if (*state) return true;
  if (!loaded()) return false;
  struct av1 *s = calloc(1, sizeof(*s));
  if (!s) return false;
  bool ready = open_encoder(v, s);
  s->packet = ready ? lav.new_packet() : NULL;
  s->frame = ready ? lav.new_frame() : NULL;
  ready = ready && s->packet && s->frame;
  if (ready) {
    s->frame->width = v->width;
    s->frame->height = v->height;
    s->frame->format = v->depth > 8 ? (int)setting("AV1_PIXELS_10", 62) : PIXELS_YUV420P;
    ready = lav.get_buffer(s->frame, 0) >= 0;
  }
  if (!ready) av1_close(s);
  *state = ready ? s : NULL;
  return ready;
}

void av1_close(struct av1 *state) {
  if (!state) return;
  if (state->frame) lav.free_frame(&state->frame);
  if (state->packet) lav.free_packet(&state->packet);
  if (state->context) lav.free_context(&state->context);
  free(state);
}

static bool send(struct av1 *s, enum frame_type type) {
  s->frame->pts = s->frames++;
  s->frame->pict_type = type == FRAME_IDR ? TYPE_I : TYPE_NONE;
  return lav.send(s->context, s->frame) >= 0 && lav.receive(s->context, s->packet) >= 0;
}

/* Appends the sequence header of a temporal unit (AV1 specification, clause 5.3). */
static bool put_sequence_header(const uint8_t *unit, size_t size, struct bits *out) {
  for (size_t at = 0; at < size;) {
    int type = unit[at] >> 3 & 15;
    size_t start = at;
    at += unit[at] & 4 ? 2 : 1;
    size_t length = 0;
    for (int shift = 0; at < size; shift += 7) {
      length |= (size_t)(unit[at] & 127) << shift;
      if (!(unit[at++] & 128)) break;
    }
    at += length;
    if (type != SEQUENCE_HEADER || at > size) continue;
    put_bytes(out, unit + start, at - start);
    return !out->failed;
  }
  return false;
}

/* libaom writes the header only with the first frame, so this codes a frame to get it. */
bool av1_headers(const struct video *video, struct bits *out) {
  struct av1 *state = NULL;
  if (!open_state(video, &state)) return false;
  for (int plane = 0; plane < 3; plane++) {
    int rows = plane ? (video->height + 1) / 2 : video->height;
    memset(state->frame->data[plane], 0, (size_t)rows * (size_t)state->frame->linesize[plane]);
  }
  bool made = send(state, FRAME_IDR) && put_sequence_header(state->packet->data, (size_t)state->packet->size, out);
  av1_close(state);
  return made;
}

static void fill(const struct video *v, const struct image *image, struct av_frame *frame) {
  size_t bytes = v->depth > 8 ? 2 : 1;
  for (int plane = 0; plane < 3; plane++) {
    int width = plane ? (v->width + 1) / 2 : v->width, height = plane ? (v->height + 1) / 2 : v->height;
    size_t stride = (size_t)image->luma_width * bytes / (plane ? 2 : 1);
    for (int y = 0; y < height; y++) {
      memcpy(frame->data[plane] + (ptrdiff_t)y * frame->linesize[plane], image->planes[plane] + (size_t)y * stride,
          (size_t)width * bytes);
    }
  }
}

bool av1_frame(const struct video *video, struct av1 **state, const struct image *image, const struct coding *c,
    struct bits *out) {
  if (!open_state(video, state)) return false;
  struct av1 *s = *state;
  if (lav.writable(s->frame) < 0) return false;
  fill(video, image, s->frame);
  if (!send(s, c->type)) return false;
  put_bytes(out, s->packet->data, (size_t)s->packet->size);
  lav.unref_packet(s->packet);
  return !out->failed;
}
