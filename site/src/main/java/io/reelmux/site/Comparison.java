package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The README's table of other ways, with figures from the tables of docs/performance.md. */
final class Comparison {
  private static final String NONE = "not measured";

  private final List<String> page;

  Comparison(Path root) throws IOException {
    page = Files.readAllLines(root.resolve("docs/performance.md"));
  }

  /** The table. */
  MarkdownTable table() {
    return new MarkdownTable(
        List.of("", "Reelmux", "JavaCV", "ffmpeg as a process", "TorchCodec"),
        List.of(
            List.of("for", "Java", "Java", "any language", "Python, with PyTorch"),
            List.of(
                "frames", "Java types", "`Frame`, native memory", "bytes through pipes", "tensors"),
            List.of(
                "streams in a file",
                "any number",
                "one video, one audio",
                "any number",
                "one video, one audio"),
            List.of("cameras, screens", "no", "yes", "yes", "no"),
            List.of("network addresses", "for reading", "yes", "yes", "for reading"),
            List.of(
                "native code crashes",
                "ends the JVM",
                "ends the JVM",
                "ends its process",
                "ends Python"),
            figures(
                "frames/s",
                "encode",
                "encoded frames per second, RGB24 1280x720, x264 ultrafast",
                "Reelmux, RGB24 in heap arrays",
                "JavaCV FFmpegFrameRecorder, RGB24",
                "ffmpeg command, RGB24 in a file in memory"),
            figures(
                "clips/s",
                "clips",
                "short clips per second, RGB24 320x240, x264 ultrafast, one caller",
                "Reelmux, RGB24 in heap arrays",
                "JavaCV FFmpegFrameRecorder, RGB24",
                "ffmpeg command, RGB24 in a file in memory"),
            figures(
                "first frame ms",
                "cold",
                "ms from the start of a process to its first frame",
                "Reelmux",
                "JavaCV FFmpegFrameRecorder",
                "ffmpeg command"),
            figures(
                "CPU ms/frame",
                "read",
                "CPU ms to read a frame as RGB24 or BGR24 1280x720",
                "Reelmux, RGB24",
                "JavaCV FFmpegFrameGrabber.grabImage",
                "ffmpeg command, rgb24")));
  }

  private List<String> figures(
      String column, String part, String name, String reelmux, String javacv, String command) {
    MarkdownTable table = MarkdownTable.after(page, "<!-- " + part + " -->");
    return List.of(
        name,
        figure(table, column, reelmux),
        figure(table, column, javacv),
        figure(table, column, command),
        NONE);
  }

  /** The first figure of a contender, which is the only one or that of one caller. */
  private static String figure(MarkdownTable table, String column, String contender) {
    int row = table.rows().stream().map(cells -> cells.get(0)).toList().indexOf(contender);
    if (row < 0) {
      throw new IllegalArgumentException("performance.md has no row '" + contender + "'");
    }
    String figure = table.column(column).get(row);
    return figure.isEmpty() ? NONE : figure;
  }
}
