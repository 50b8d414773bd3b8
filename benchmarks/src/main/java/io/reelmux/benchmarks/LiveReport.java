package io.reelmux.benchmarks;

import java.util.List;

/**
 * What a page has seen of a live stream.
 *
 * @param firstFrame seconds from its opening to the first frame; 0 if there was none
 * @param stalls how often the player had to wait for data after that
 * @param ended whether the player has reached the end of the stream
 * @param errors what the player has reported
 * @param frames the frames that were shown
 */
record LiveReport(double firstFrame, int stalls, boolean ended, String errors, List<Shown> frames) {

  /**
   * A frame.
   *
   * @param number that is in its pixels
   * @param time at which it was shown, in milliseconds of the epoch
   */
  record Shown(int number, long time) {}

  /** The lines of a report: first frame in ms, stalls, end, errors, then each frame. */
  static LiveReport of(String text) {
    List<String> lines = text.lines().toList();
    List<Shown> frames =
        lines.subList(4, lines.size()).stream()
            .map(line -> line.split(" ", -1))
            .map(words -> new Shown(Integer.parseInt(words[0]), Long.parseLong(words[1])))
            .toList();
    return new LiveReport(
        Double.parseDouble(lines.get(0)) / 1000,
        Integer.parseInt(lines.get(1)),
        Boolean.parseBoolean(lines.get(2)),
        lines.get(3),
        frames);
  }

  /** A page that has reported nothing. */
  static LiveReport missing() {
    return new LiveReport(0, 0, false, "no report", List.of());
  }

  /** Returns how many seconds each frame was behind the camera. */
  List<Double> latencies(LiveCamera camera) {
    return frames.stream()
        .map(shown -> (shown.time() - camera.madeAt(shown.number())) / 1e3)
        .toList();
  }
}
