package io.reelmux.reader.ffmpeg;

import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the installed ffmpeg decodes, and what ffprobe says of it. */
final class RawFrames {
  private RawFrames() {}

  /** Returns the frames of a video in a pixel format of FFmpeg, one after another. */
  static List<byte[]> decode(Path file, String pixelFormat, int frameBytes, String... options)
      throws IOException, InterruptedException {
    Path raw = file.resolveSibling(file.getFileName() + "." + pixelFormat);
    List<String> arguments = new ArrayList<>(List.of("-i", file.toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("-map", "0:v:0", "-vsync", "passthrough", "-f", "rawvideo"));
    arguments.addAll(List.of("-pix_fmt", pixelFormat, raw.toString()));
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    byte[] all = Files.readAllBytes(raw);
    Files.delete(raw);
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < all.length; at += frameBytes) {
      frames.add(Arrays.copyOfRange(all, at, at + frameBytes));
    }
    return frames;
  }

  /** Returns a value of each frame, such as {@code pts}. */
  static List<Long> probe(Path file, String field) throws IOException, InterruptedException {
    return FfmpegCli.ffprobe(file, "-select_streams", "v:0", "-show_entries", "frame=" + field)
        .stream()
        .map(line -> Long.valueOf(line.replaceAll("[^0-9-].*", "")))
        .toList();
  }

  /** Copies what remains of a buffer. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
