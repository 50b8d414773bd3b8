/*
 * The order in which frames are coded. A frame is read and coded as late as possible: when the client locks the
 * bitstream of its group. A surface that is reused too early therefore shows the wrong frame.
 */
#include "nvenc_session.h"

#include <stdlib.h>
#include <unistd.h>

static bool is_idr(const struct session *s, const struct frame *frame, unsigned position) {
  if (!s->idrs && !position) return true;
  if (frame->flags & FLAG_FORCE_IDR) return true;
  unsigned period = s->video.idr_period ? s->video.idr_period : s->video.gop;
  return position >= period || s->video.gop == 1;
}

static bool is_intra(const struct session *s, const struct frame *frame, unsigned position) {
  return frame->flags & FLAG_FORCE_INTRA || (position && position % s->video.gop == 0);
}

static void enlist(struct frame **list, struct frame *frame) {
  while (*list) list = &(*list)->next;
  frame->next = NULL;
  *list = frame;
}

/* Removes the n-th waiting frame. */
static struct frame *remove_waiting(struct session *s, unsigned n) {
  struct frame **link = &s->waiting;
  while (n--) link = &(*link)->next;
  struct frame *frame = *link;
  *link = frame->next;
  return frame;
}

static void emit(struct session *s, struct frame *frame, enum frame_type type, unsigned order) {
  if (type == FRAME_IDR) {
    s->references = 0;
    s->idrs++;
  }
  frame->coding = (struct coding){.type = type, .order = order, .reference = s->references, .idr = s->idrs - 1};
  if (type != FRAME_B) s->references++;
  frame->group = s->groups;
  enlist(&s->scheduled, frame);
  struct bitstream *output = s->first_output;
  s->first_output = output->next_waiting;
  if (!s->first_output) s->last_output = NULL;
  output->frame = frame;
}

/* The index of the frame that ends the next group, and its type; -1 if more input is needed. */
static int find_anchor(const struct session *s, unsigned available, bool flush, enum frame_type *type) {
  bool reorders = s->video.codec != CODEC_AV1 && s->video.b_frames > 0;
  unsigned interval = reorders ? (unsigned)s->video.b_frames + 1 : 1, i = 0;
  *type = FRAME_P;
  for (const struct frame *p = s->waiting; p; p = p->next, i++) {
    if (i && is_idr(s, p, s->position + i)) return i <= available ? (int)i - 1 : -1;
    if (i >= available) return -1;
    if (is_intra(s, p, s->position + i)) {
      *type = FRAME_I;
      return (int)i;
    }
    if (i == interval - 1) return (int)i;
  }
  return flush ? (int)i - 1 : -1;
}

static unsigned count_waiting(const struct session *s) {
  unsigned n = 0;
  for (const struct frame *p = s->waiting; p; p = p->next) n++;
  return n;
}

int schedule(struct session *s, bool flush) {
  int scheduled = 0;
  unsigned held = flush ? 0 : s->delay, waiting;
  while ((waiting = count_waiting(s)) > held) {
    if (is_idr(s, s->waiting, s->position)) {
      s->groups++;
      emit(s, remove_waiting(s, 0), FRAME_IDR, 0);
      s->position = 1;
      scheduled++;
      continue;
    }
    enum frame_type type;
    int anchor = find_anchor(s, waiting - held, flush, &type);
    if (anchor < 0) break;
    s->groups++;
    emit(s, remove_waiting(s, (unsigned)anchor), type, s->position + (unsigned)anchor);
    for (int i = 0; i < anchor; i++) emit(s, remove_waiting(s, 0), FRAME_B, s->position + (unsigned)i);
    s->position += (unsigned)anchor + 1;
    scheduled += anchor + 1;
  }
  return scheduled;
}

static bool code(struct session *s, struct frame *p) {
  long long slow = setting("SLOW_US", 0);
  if (slow > 0) usleep((useconds_t)slow);
  struct image image;
  const struct video *v = &s->video;
  if (!read_input(p->input, v->width, v->height, v->depth, s->stream, &image)) return false;
  bool done = v->codec == CODEC_H264   ? h264_frame(v, &image, &p->coding, &p->out)
              : v->codec == CODEC_HEVC ? hevc_frame(v, &image, &p->coding, &p->out)
                                       : av1_frame(v, &s->av1, &image, &p->coding, &p->out);
  free(image.planes[0]);
  p->coded = done;
  p->input = NULL;
  return done;
}

bool code_until(struct session *s, unsigned group) {
  if (cuCtxPushCurrent_v2(s->context)) return false;
  bool done = true;
  for (struct frame *p = s->scheduled; done && p && p->group <= group; p = p->next) {
    if (!p->coded) done = code(s, p);
  }
  void *popped;
  cuCtxPopCurrent_v2(&popped);
  return done;
}

static bool uses(const struct frame *list, const struct input *input) {
  for (; list; list = list->next) {
    if (!list->coded && list->input == input) return true;
  }
  return false;
}

bool input_in_use(const struct session *s, const struct input *input) {
  return !s->ended && (uses(s->waiting, input) || uses(s->scheduled, input));
}

static void drop(struct frame *list) {
  while (list) {
    struct frame *next = list->next;
    free_bits(&list->out);
    free(list);
    list = next;
  }
}

void drop_frames(struct session *s) {
  drop(s->waiting);
  drop(s->scheduled);
  s->waiting = s->scheduled = NULL;
}
