package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ColorSpec;
import io.reelmux.FieldOrder;
import io.reelmux.SampleAspectRatio;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Descriptions of streams of one frame. */
final class Infos {

  private Infos() {}

  static VideoInfo of(String format, int width, int height, ColorSpec color) {
    return of(format, width, height, color, 0, false);
  }

  static VideoInfo of(
      String format, int width, int height, ColorSpec color, int rotation, boolean flipped) {
    boolean swaps = rotation % 180 != 0;
    StreamFacts facts =
        new StreamFacts(
            0,
            "rawvideo",
            new TimeBase(1, 25),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    return new VideoInfo(
        facts,
        swaps ? height : width,
        swaps ? width : height,
        width,
        height,
        SampleAspectRatio.of(1, 1),
        rotation,
        flipped,
        format,
        8,
        PixelFormat.hasAlpha(Formats.named(format)),
        color,
        false,
        Optional.empty(),
        FieldOrder.PROGRESSIVE,
        Optional.empty(),
        false,
        OptionalLong.empty());
  }

  /** Renders one frame. */
  static Rendered render(VideoOutput output, VideoInfo info, AVFrame frame) throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(output, info)) {
      Rendered rendered = new Rendered(renderer.layout(), renderer.width(), renderer.height());
      renderer.render(frame, rendered.bytes());
      return rendered;
    }
  }
}
