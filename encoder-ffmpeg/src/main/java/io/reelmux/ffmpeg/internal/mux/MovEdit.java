package io.reelmux.ffmpeg.internal.mux;

/**
 * Where the presentation of a track starts, as its edit list says it (ISO/IEC 14496-12, 8.6.6).
 *
 * @param delay time before the track's first frame, in ticks of the track
 * @param mediaTime the time of the track that is presented first, in its ticks
 */
record MovEdit(long delay, long mediaTime) {}
