/* One encode session: its buffers, and the frames between submission and output. */
#ifndef NVENC_SESSION_H
#define NVENC_SESSION_H

#include "fields.h"
#include "nvenc_input.h"

#include <pthread.h>
#include <string.h>

struct frame {
  struct frame *next;
  struct input *input;
  uint64_t timestamp, duration;
  uint32_t flags, number; /* number in display order */
  unsigned group;         /* frames that are output together: an anchor and its B frames */
  struct coding coding;
  bool coded;
  struct bits out;
};

struct bitstream {
  struct bitstream *next, *next_waiting;
  struct frame *frame; /* the frame that it holds, or will hold once scheduled */
  bool queued, locked;
};

struct session {
  struct session *next;
  pthread_mutex_t lock;
  void *context, *stream;
  int device;
  bool initialized, ended;
  struct video video;
  unsigned delay;
  struct input *inputs, *resources;
  struct bitstream *bitstreams, *first_output, *last_output;
  struct frame *waiting;   /* in display order */
  struct frame *scheduled; /* in coding order, not yet fetched */
  unsigned position, references, idrs, groups;
  uint32_t submitted;
  bool force_idr;
  struct av1 *av1;
  char error[256];
};

struct nvenc_counts {
  int sessions, inputs, bitstreams, registered, mapped;
};

enum { FLAG_FORCE_INTRA = 1, FLAG_FORCE_IDR = 2, FLAG_EOS = 8 };

/* Sets the text of GetLastErrorString and returns the code. */
int fail(struct session *session, int code, const char *text);

void nvenc_count(int *which, int change);
extern struct nvenc_counts nvenc_live;

/* The session of a handle, locked; null for an invalid handle. End with `return nvenc_leave(session, code)`. */
struct session *nvenc_enter(void *handle);
int nvenc_leave(struct session *session, int code);

/* Like the driver, identifies a structure by its version only. */
static inline bool is_version(const void *structure, int version) {
  return get32(structure, 0) == (uint32_t)version;
}

/* nvenc_config.c: the client's configuration. */
enum codec codec_of(struct guid guid);
struct guid guid_of(enum codec codec);
void preset_config(void *config, enum codec codec, uint32_t tuning);
int read_config(struct session *session, const void *parameters);

/* nvenc_gop.c: types, order and delay of frames. Returns how many frames were scheduled. */
int schedule(struct session *session, bool flush);
/* Codes the scheduled frames up to a group; returns false on failure. */
bool code_until(struct session *session, unsigned group);
bool input_in_use(const struct session *session, const struct input *input);
void drop_frames(struct session *session);

/* nvenc_buffers.c: entry points of the function table. */
int nvenc_create_input(void *encoder, void *parameters);
int nvenc_destroy_input(void *encoder, void *handle);
int nvenc_lock_input(void *encoder, void *parameters);
int nvenc_unlock_input(void *encoder, void *handle);
int nvenc_register_resource(void *encoder, void *parameters);
int nvenc_unregister_resource(void *encoder, void *handle);
int nvenc_map_resource(void *encoder, void *parameters);
int nvenc_unmap_resource(void *encoder, void *handle);
int nvenc_create_bitstream(void *encoder, void *parameters);
int nvenc_destroy_bitstream(void *encoder, void *handle);
int nvenc_encode(void *encoder, const void *parameters);
int nvenc_lock_bitstream(void *encoder, void *parameters);
int nvenc_unlock_bitstream(void *encoder, void *handle);

#endif
