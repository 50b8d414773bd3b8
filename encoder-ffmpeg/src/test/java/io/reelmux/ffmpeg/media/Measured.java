package io.reelmux.ffmpeg.media;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.media.DecodedFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How close decoded frames are to the originals, as the filters {@code psnr} and {@code ssim} of
 * the installed ffmpeg see them, in 4:4:4 of BT.709: means over the frames.
 *
 * @param psnrY of the brightness, in dB
 * @param psnrAll of all components, in dB
 * @param ssim of all components; 1 if they are equal
 */
record Measured(double psnrY, double psnrAll, double ssim) {

  /** Measures frames against the originals in RGB24, with files in a directory. */
  static Measured of(List<DecodedFrame> frames, List<byte[]> originals, Path directory)
      throws IOException {
    DecodedFrame first = frames.get(0);
    Path decoded = directory.resolve("decoded.raw");
    Path original = directory.resolve("original.raw");
    write(decoded, frames.stream().map(DecodedFrame::bytes).toList());
    write(original, originals);
    Path psnr = directory.resolve("psnr.txt");
    Path ssim = directory.resolve("ssim.txt");
    String size = first.width + "x" + first.height;
    String graph =
        "[0]%s[a];[1]%s,split[b][c];[a][b]psnr=stats_file=%s[d];[d][c]ssim=stats_file=%s"
            .formatted(to444(first), to444("bt709", "limited"), psnr, ssim);
    try {
      FfmpegCli.ffmpeg(
          "-f",
          "rawvideo",
          "-video_size",
          size,
          "-pixel_format",
          pixelFormat(first),
          "-i",
          decoded.toString(),
          "-f",
          "rawvideo",
          "-video_size",
          size,
          "-pixel_format",
          "rgb24",
          "-i",
          original.toString(),
          "-lavfi",
          graph,
          "-f",
          "null",
          "-");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return new Measured(mean(psnr, "psnr_y"), mean(psnr, "psnr_avg"), mean(ssim, "All"));
  }

  private static void write(Path file, List<byte[]> frames) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file)) {
      for (byte[] frame : frames) {
        stream.write(frame);
      }
    }
  }

  /** A palette has been replaced by its colors. */
  private static String pixelFormat(DecodedFrame frame) {
    return frame.format.equals("pal8") ? "bgra" : frame.format;
  }

  /** Decoders assume BT.601 and limited range where nothing is stated. */
  private static String to444(DecodedFrame frame) {
    return to444(
        frame.tags.matrix().equals("bt709") ? "bt709" : "bt601",
        frame.tags.isFull() || frame.format.startsWith("yuvj") ? "full" : "limited");
  }

  private static String to444(String matrix, String range) {
    return "scale=in_color_matrix=%s:in_range=%s:out_color_matrix=bt709:out_range=limited:flags=bicubic+accurate_rnd+full_chroma_int,format=yuv444p"
        .formatted(matrix, range);
  }

  private static double mean(Path file, String name) throws IOException {
    Pattern value = Pattern.compile("\\b" + name + ":(\\S+)");
    return value
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1).replace("inf", "Infinity"))
        .mapToDouble(Double::parseDouble)
        .average()
        .orElseThrow();
  }
}
