package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBLP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8P;

import io.reelmux.SampleLayout;
import io.reelmux.SampleLayout.Type;

/** FFmpeg's sample formats for the caller's layouts. */
final class SampleFormats {

  private SampleFormats() {}

  /** The format from which the JVM copies; FFmpeg has no 24 bits, they are the upper ones of 32. */
  static int of(SampleLayout layout) {
    boolean planar = layout.isPlanar();
    return switch (layout.type()) {
      case U8 -> planar ? AV_SAMPLE_FMT_U8P : AV_SAMPLE_FMT_U8;
      case S16 -> planar ? AV_SAMPLE_FMT_S16P : AV_SAMPLE_FMT_S16;
      case S24, S32 -> planar ? AV_SAMPLE_FMT_S32P : AV_SAMPLE_FMT_S32;
      case FLOAT -> planar ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
      case DOUBLE -> planar ? AV_SAMPLE_FMT_DBLP : AV_SAMPLE_FMT_DBL;
    };
  }

  /** The size of a value in native memory. */
  static int bytes(Type type) {
    return type == Type.S24 ? Integer.BYTES : type.bytes();
  }

  /** The layout in which the rate is converted: no less precise than both sides. */
  static SampleLayout forRate(SampleLayout source, SampleLayout target) {
    boolean isWide = isWide(source.type()) && isWide(target.type());
    return isWide ? SampleLayout.DOUBLE_PLANAR : SampleLayout.FLOAT_PLANAR;
  }

  private static boolean isWide(Type type) {
    return type == Type.S24 || type == Type.S32 || type == Type.DOUBLE;
  }
}
