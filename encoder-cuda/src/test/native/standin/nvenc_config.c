/* The client's configuration: structures of API 13.1 on x86-64, read by offset. */
#include "nvenc_session.h"

#include <stdio.h>

enum { /* NV_ENC_CONFIG */
  CONFIG_SIZE = 3584,
  CONFIG_VERSION = LARGE_STRUCT_VERSION(9),
  CONFIG_PROFILE = 4,
  CONFIG_GOP = 20,
  CONFIG_INTERVAL = 24,
  CONFIG_RATE = 40,
  CONFIG_CODEC = 168,
};

enum { /* NV_ENC_RC_PARAMS, from its start */
  RATE_MODE = 4,
  RATE_QP = 8,
  RATE_AVERAGE = 20,
  RATE_MAX = 24,
  RATE_BUFFER = 28,
  RATE_FLAGS = 36,
  RATE_MIN_QP = 40,
  RATE_MAX_QP = 52,
  RATE_QUALITY = 88,
  RATE_LOOKAHEAD = 90,
  RATE_PASSES = 100,
};

enum { /* NV_ENC_INITIALIZE_PARAMS */
  INIT_VERSION = LARGE_STRUCT_VERSION(7),
  INIT_CODEC = 4,
  INIT_PRESET = 20,
  INIT_WIDTH = 36,
  INIT_HEIGHT = 40,
  INIT_DAR_WIDTH = 44,
  INIT_DAR_HEIGHT = 48,
  INIT_FPS_NUM = 52,
  INIT_FPS_DEN = 56,
  INIT_DECIDES_TYPES = 64,
  INIT_CONFIG = 88,
  INIT_TUNING = 136,
};

/* Offsets in the codec-specific part of NV_ENC_CONFIG. */
struct layout {
  size_t flags, level, idr_period, vui, depth, input_depth, b_reference;
  unsigned no_headers, repeat_headers, delimiters; /* bits of flags */
};

static const struct layout layouts[] = {
    [CODEC_H264] = {0, 4, 8, 72, 212, 216, 200, 1 << 7, 1 << 12, 1 << 6},
    [CODEC_HEVC] = {16, 0, 20, 64, 200, 204, 180, 1 << 6, 1 << 7, 1 << 4},
    [CODEC_AV1] = {16, 0, 20, 68, 112, 116, 88, 1 << 4, 1 << 5, 0},
};

static const char *const codec_names[] = {"h264", "hevc", "av1"};

static const struct guid codecs[] = {
    {0x6bc82762, 0x4e63, 0x4ca4, {0xaa, 0x85, 0x1e, 0x50, 0xf3, 0x21, 0xf6, 0xbf}},
    {0x790cdc88, 0x4522, 0x4d7b, {0x94, 0x25, 0xbd, 0xa9, 0x97, 0x5f, 0x76, 0x03}},
    {0x0a352289, 0x0aa7, 0x4759, {0x86, 0x2d, 0x5d, 0x15, 0xcd, 0x16, 0xd2, 0x54}},
};

static const struct guid presets[] = {
    {0xfc0a8d3e, 0x45f8, 0x4cf8, {0x80, 0xc7, 0x29, 0x88, 0x71, 0x59, 0x0e, 0xbf}},
    {0xf581cfb8, 0x88d6, 0x4381, {0x93, 0xf0, 0xdf, 0x13, 0xf9, 0xc2, 0x7d, 0xab}},
    {0x36850110, 0x3a07, 0x441f, {0x94, 0xd5, 0x36, 0x70, 0x63, 0x1f, 0x91, 0xf6}},
    {0x90a7b826, 0xdf06, 0x4862, {0xb9, 0xd2, 0xcd, 0x6d, 0x73, 0xa0, 0x86, 0x81}},
    {0x21c6e6b4, 0x297a, 0x4cba, {0x99, 0x8f, 0xb6, 0xcb, 0xde, 0x72, 0xad, 0xe3}},
    {0x8e75c279, 0x6299, 0x4ab6, {0x83, 0x02, 0x0b, 0x21, 0x5a, 0x33, 0x5c, 0xf5}},
    {0x84848c12, 0x6f71, 0x4c13, {0x93, 0x1b, 0x53, 0xe2, 0x83, 0xf5, 0x79, 0x74}},
};

static const struct {
  struct guid guid;
  const char *name;
  int number; /* in the stream headers */
} profiles[] = {
    {{0x0727bcaa, 0x78c4, 0x4c83, {0x8c, 0x2f, 0xef, 0x3d, 0xff, 0x26, 0x7c, 0x6a}}, "baseline", 66},
    {{0x60b5c1d4, 0x67fe, 0x4790, {0x94, 0xd5, 0xc4, 0x72, 0x6d, 0x7b, 0x6e, 0x6d}}, "main", 77},
    {{0xe7cbc309, 0x4f7a, 0x4b89, {0xaf, 0x2a, 0xd5, 0x37, 0xc9, 0x2b, 0xe3, 0x10}}, "high", 100},
    {{0xb514c39a, 0xb55b, 0x40fa, {0x87, 0x8f, 0xf1, 0x25, 0x3b, 0x4d, 0xfd, 0xec}}, "main", 1},
    {{0xfa4d2b6c, 0x3a5b, 0x411a, {0x80, 0x18, 0x0a, 0x3f, 0x5e, 0x3c, 0x9b, 0xe5}}, "main10", 2},
    {{0x5f2a39f5, 0xf14e, 0x4f95, {0x9a, 0x9e, 0xb7, 0x6d, 0x56, 0x8f, 0xcf, 0x97}}, "main", 0},
};

/* Profiles that are known but not implemented, by name for the journal. */
static const struct {
  struct guid guid;
  const char *name;
} unimplemented[] = {
    {{0x7ac663cb, 0xa598, 0x4960, {0xb8, 0x44, 0x33, 0x9b, 0x26, 0x1a, 0x7d, 0x52}}, "high444p"},
    {{0x8f0c337e, 0x186c, 0x48e9, {0xa6, 0x9d, 0x7a, 0x83, 0x34, 0x08, 0x97, 0x58}}, "high10"},
    {{0x51ec32b5, 0x1b4c, 0x453c, {0x9c, 0xbd, 0xb6, 0x16, 0xbd, 0x62, 0x13, 0x41}}, "rext"},
};

static bool same(struct guid a, struct guid b) {
  return a.a == b.a && a.b == b.b && a.c == b.c && memcmp(a.d, b.d, sizeof(a.d)) == 0;
}

static struct guid get_guid(const void *structure, size_t offset) {
  struct guid guid;
  memcpy(&guid, (const char *)structure + offset, sizeof(guid));
  return guid;
}

enum codec codec_of(struct guid guid) {
  for (int i = 0; i < CODEC_NONE; i++) {
    if (same(guid, codecs[i])) return (enum codec)i;
  }
  return CODEC_NONE;
}

struct guid guid_of(enum codec codec) {
  return codecs[codec];
}

/* A guess: the real presets differ by GPU and driver. */
void preset_config(void *config, enum codec codec, uint32_t tuning) {
  static const struct guid any_profile = {0xbfd6f8e7, 0x233c, 0x4341, {0x8b, 0x3e, 0x48, 0x18, 0x52, 0x38, 0x03, 0xf4}};
  const struct layout *layout = &layouts[codec];
  char *own = (char *)config + CONFIG_CODEC, *rate = (char *)config + CONFIG_RATE;
  memset(config, 0, CONFIG_SIZE);
  set32(config, 0, (uint32_t)CONFIG_VERSION);
  memcpy((char *)config + CONFIG_PROFILE, &any_profile, sizeof(any_profile));
  set32(config, CONFIG_GOP, 250);
  bool low_latency = tuning == 2 || tuning == 3;
  set32(config, CONFIG_INTERVAL, (uint32_t)setting("PRESET_P", low_latency ? 1 : 3));
  set32(config, 32, 1); /* frames */
  set32(rate, 0, STRUCT_VERSION(1));
  set32(rate, RATE_MODE, 1);
  set32(rate, RATE_QP, 28);
  set32(rate, RATE_QP + 4, 31);
  set32(rate, RATE_QP + 8, 25);
  set32(own, layout->idr_period, 250);
  set32(own, layout->depth, 8);
  set32(own, layout->input_depth, 8);
  if (codec != CODEC_AV1) set32(own, layout->vui + 12, 5); /* video format: unspecified */
}

static const char *preset_name(struct guid guid, char name[8]) {
  snprintf(name, 8, "?");
  for (size_t i = 0; i < LENGTH(presets); i++) {
    if (same(guid, presets[i])) snprintf(name, 8, "p%zu", i + 1);
  }
  return name;
}

static const char *read_profile(struct video *v, const void *config) {
  struct guid guid = get_guid(config, CONFIG_PROFILE);
  v->profile = v->codec == CODEC_H264 ? 77 : v->codec == CODEC_HEVC ? (v->depth > 8 ? 2 : 1) : 0;
  for (size_t i = 0; i < LENGTH(profiles); i++) {
    if (!same(guid, profiles[i].guid)) continue;
    v->profile = profiles[i].number;
    return profiles[i].name;
  }
  for (size_t i = 0; i < LENGTH(unimplemented); i++) {
    if (same(guid, unimplemented[i].guid)) return unimplemented[i].name;
  }
  return "auto";
}

static void read_color(struct video *v, const char *own) {
  const struct layout *layout = &layouts[v->codec];
  const char *vui = own + layout->vui;
  if (v->codec == CODEC_AV1) {
    v->primaries = get32(vui, 0);
    v->transfer = get32(vui, 4);
    v->matrix = get32(vui, 8);
    v->full_range = get32(vui, 12);
    v->location = get32(vui, 16);
    v->location_present = v->location != 0;
    v->signal_present = v->color_present = true;
    return;
  }
  v->signal_present = get32(vui, 8);
  v->video_format = get32(vui, 12);
  v->full_range = get32(vui, 16);
  v->color_present = get32(vui, 20);
  v->primaries = get32(vui, 24);
  v->transfer = get32(vui, 28);
  v->matrix = get32(vui, 32);
  v->location_present = get32(vui, 36);
  v->location = get32(vui, 40);
}

static unsigned divisor(unsigned a, unsigned b) {
  return b ? divisor(b, a % b) : a;
}

/* The API has the display aspect ratio; headers hold the sample aspect ratio. */
static void read_aspect_ratio(struct video *v, const void *parameters) {
  uint64_t width = (uint64_t)get32(parameters, INIT_DAR_WIDTH) * (unsigned)v->height;
  uint64_t height = (uint64_t)get32(parameters, INIT_DAR_HEIGHT) * (unsigned)v->width;
  v->sar_width = v->sar_height = 1;
  if (!width || !height || width > 0xffffffff || height > 0xffffffff) return;
  unsigned common = divisor((unsigned)width, (unsigned)height);
  v->sar_width = (unsigned)width / common;
  v->sar_height = (unsigned)height / common;
}

static void read_video(struct video *v, const void *parameters, const void *config) {
  const char *own = (const char *)config + CONFIG_CODEC, *rate = (const char *)config + CONFIG_RATE;
  const struct layout *layout = &layouts[v->codec];
  v->width = (int)get32(parameters, INIT_WIDTH);
  v->height = (int)get32(parameters, INIT_HEIGHT);
  v->fps_num = get32(parameters, INIT_FPS_NUM);
  v->fps_den = get32(parameters, INIT_FPS_DEN);
  v->depth = get32(own, layout->depth) == 10 ? 10 : 8;
  v->gop = get32(config, CONFIG_GOP);
  v->idr_period = get32(own, layout->idr_period);
  int interval = (int)get32(config, CONFIG_INTERVAL);
  v->b_frames = interval > 1 ? interval - 1 : 0;
  if (interval == 0) v->gop = 1;
  uint32_t flags = get32(own, layout->flags);
  v->headers_once = !(flags & layout->no_headers);
  v->headers_repeated = v->headers_once && flags & layout->repeat_headers;
  v->access_delimiters = flags & layout->delimiters;
  bool lookahead = get32(rate, RATE_FLAGS) & 1 << 5;
  v->lookahead = lookahead ? get32(rate, RATE_LOOKAHEAD) & 0xffff : 0;
  read_color(v, own);
  read_aspect_ratio(v, parameters);
}

static const char *named(const char *const *names, size_t count, uint32_t index) {
  return index < count ? names[index] : "?";
}

static void journal_config(const struct video *v, const void *parameters, const void *config, const char *profile) {
  static const char *const modes[] = {"constqp", "vbr", "cbr"};
  static const char *const tunings[] = {"none", "hq", "ll", "ull", "lossless", "uhq"};
  const char *own = (const char *)config + CONFIG_CODEC, *rate = (const char *)config + CONFIG_RATE;
  const struct layout *layout = &layouts[v->codec];
  char preset[8];
  uint32_t flags = get32(rate, RATE_FLAGS), quality = get32(rate, RATE_QUALITY);
  journal("nvenc config codec=%s size=%dx%d fps=%u/%u gop=%d idr=%d b=%d lookahead=%u rc=%s bitrate=%u maxrate=%u vbv=%u "
          "qp=%u/%u/%u minqp=%d maxqp=%d cq=%.2f preset=%s tuning=%s profile=%s level=%u color=%u/%u/%u range=%s "
          "location=%d sar=%u:%u depth=%d input=%u passes=%u aq=%d temporal_aq=%d zero_delay=%d bref=%u",
      codec_names[v->codec], v->width, v->height, v->fps_num, v->fps_den, (int)v->gop, (int)v->idr_period, v->b_frames,
      v->lookahead, named(modes, LENGTH(modes), get32(rate, RATE_MODE)), get32(rate, RATE_AVERAGE),
      get32(rate, RATE_MAX), get32(rate, RATE_BUFFER), get32(rate, RATE_QP), get32(rate, RATE_QP + 4),
      get32(rate, RATE_QP + 8), flags & 1 ? (int)get32(rate, RATE_MIN_QP) : -1,
      flags & 2 ? (int)get32(rate, RATE_MAX_QP) : -1, (quality & 0xff) + (quality >> 8 & 0xff) / 256.0,
      preset_name(get_guid(parameters, INIT_PRESET), preset),
      named(tunings, LENGTH(tunings), get32(parameters, INIT_TUNING)), profile, get32(own, layout->level), v->primaries,
      v->transfer, v->matrix, v->full_range ? "full" : "limited", v->location_present ? (int)v->location : -1,
      v->sar_width, v->sar_height, v->depth, get32(own, layout->input_depth), get32(rate, RATE_PASSES), !!(flags & 8),
      !!(flags & 1 << 8), !!(flags & 1 << 9), get32(own, layout->b_reference));
}

/* Returns why this cannot be coded here, or null. */
static const char *unsupported_reason(const struct video *v, const void *parameters, const void *config) {
  struct guid guid = get_guid(config, CONFIG_PROFILE);
  for (size_t i = 0; i < LENGTH(unimplemented); i++) {
    if (same(guid, unimplemented[i].guid)) return "Unsupported profile.";
  }
  if (v->codec == CODEC_H264 && v->depth > 8) return "10 bits are not supported for H.264.";
  if (!get32(parameters, INIT_DECIDES_TYPES)) return "Frame types chosen by the client are not supported.";
  uint32_t gop = get32(config, CONFIG_GOP), interval = get32(config, CONFIG_INTERVAL);
  if (interval && gop <= interval) return "Gop Length should be greater than number of B frames + 1.";
  if (v->width < setting("CAP_45", 1) || v->height < setting("CAP_46", 1)) {
    return "Frame Dimension less than the minimum supported value.";
  }
  return NULL;
}

int read_config(struct session *session, const void *parameters) {
  if (get32(parameters, 0) != (uint32_t)INIT_VERSION) return fail(session, NVENC_INVALID_VERSION, "Invalid version.");
  struct video video = {.codec = codec_of(get_guid(parameters, INIT_CODEC))};
  if (video.codec == CODEC_NONE) return fail(session, NVENC_INVALID_PARAM, "Unknown codec.");
  const void *config = get_pointer(parameters, INIT_CONFIG);
  char preset[CONFIG_SIZE];
  if (!config) {
    preset_config(preset, video.codec, get32(parameters, INIT_TUNING));
    config = preset;
  }
  if (get32(config, 0) != (uint32_t)CONFIG_VERSION) return fail(session, NVENC_INVALID_VERSION, "Invalid version.");
  read_video(&video, parameters, config);
  const char *profile = read_profile(&video, config);
  if (video.profile == 66) video.b_frames = 0;
  journal_config(&video, parameters, config, profile);
  const char *reason = unsupported_reason(&video, parameters, config);
  if (reason) return fail(session, NVENC_INVALID_PARAM, reason);
  session->video = video;
  return NVENC_SUCCESS;
}
