package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;

import io.reelmux.RgbConversion;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;

/** What {@link RgbConversion#JAVA} requires of the encoder and the JVM. */
final class RgbInJava {
  private RgbInJava() {}

  /**
   * Returns the format that it makes.
   *
   * @param supported by the encoder; empty for any
   * @throws IllegalArgumentException if the encoder does not accept it, or the JVM would be slow
   */
  static int pixelFormat(AVCodec codec, List<Integer> supported) {
    if (!supported.isEmpty() && !supported.contains(AV_PIX_FMT_NV12)) {
      throw new IllegalArgumentException(
          "rgbConversion JAVA makes nv12, which "
              + Av.string(codec.name())
              + " does not accept: use "
              + X264.NAME
              + ", or leave rgbConversion unset");
    }
    String mode = System.getProperty("java.vm.info", "");
    if (!makesVectors(System.getProperty("java.vm.name", ""), mode)) {
      throw new IllegalArgumentException(
          "rgbConversion JAVA requires HotSpot's C2 compiler, which this JVM does not use ("
              + mode
              + "): leave rgbConversion unset");
    }
    return AV_PIX_FMT_NV12;
  }

  /** Without a compiler, or with C1 alone, HotSpot says so in its mode. */
  static boolean makesVectors(String name, String mode) {
    return name.endsWith("Server VM")
        && !mode.contains("interpreted")
        && !mode.contains("emulated-client");
  }
}
