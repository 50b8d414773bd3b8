package io.reelmux.ffmpeg.internal.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the headers of the packets of a transport stream (ISO/IEC 13818-1, 2.4.3.2). */
final class Transport {
  private static final int PACKET = 188;

  private Transport() {}

  /** Returns the PIDs of the first packets. */
  static List<Integer> firstPids(byte[] stream) {
    List<Integer> pids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pids.add(pid(stream, i * PACKET));
    }
    return pids;
  }

  private static int pid(byte[] stream, int at) {
    return (stream[at + 1] & 0x1f) << 8 | stream[at + 2] & 0xff;
  }

  /** Returns how often a continuity counter does not go on by one. */
  static int discontinuities(byte[] stream) {
    Map<Integer, Integer> counters = new HashMap<>();
    int faults = 0;
    for (int at = 0; at < stream.length; at += PACKET) {
      if (stream[at] != 0x47) {
        throw new AssertionError("no packet at " + at);
      }
      boolean hasPayload = (stream[at + 3] & 0x10) != 0;
      if (hasPayload) {
        int counter = stream[at + 3] & 0xf;
        Integer last = counters.put(pid(stream, at), counter);
        if (last != null && (last + 1) % 16 != counter) {
          faults++;
        }
      }
    }
    return faults;
  }
}
