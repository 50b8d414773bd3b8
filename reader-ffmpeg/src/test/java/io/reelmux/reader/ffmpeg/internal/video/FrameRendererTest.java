package io.reelmux.reader.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ColorSpec;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.reader.ToneMap;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that change, buffers of each kind, alpha and HDR. */
@ExtendWith(LeakCheck.class)
class FrameRendererTest {
  private static final VideoInfo INFO = Infos.of("yuv420p", 32, 16, ColorSpec.BT709_LIMITED);

  private static Pixels gray(String format, int width, int height, int code) throws IOException {
    Pixels pixels = Pixels.of(format, width, height);
    boolean rgb = Formats.isRgb(pixels.format());
    int unit = 1 << (pixels.depth(0) - 8);
    return pixels.fill((c, x, y) -> (c == 0 || rgb ? code : 128) * unit);
  }

  @Test
  void render_ofFramesThatChange_keepsSizeAndLayout() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), INFO);
        Pixels first = gray("yuv420p", 32, 16, 126);
        Pixels larger = gray("yuv420p", 64, 40, 126);
        Pixels deeper = gray("yuv444p10le", 32, 16, 126);
        Pixels odd = gray("nv12", 31, 15, 126);
        Pixels rgb = gray("gbrp", 32, 16, 128);
        Pixels full =
            gray("yuv420p", 32, 16, 128).tag(avutil.AVCOL_SPC_BT709, avutil.AVCOL_RANGE_JPEG, 0)) {
      for (Pixels next : List.of(first, larger, deeper, first, odd, rgb, full, first)) {
        Rendered rendered = new Rendered(renderer.layout(), 32, 16);

        renderer.render(next.struct(), rendered.bytes());

        for (int c = 0; c < 3; c++) {
          assertThat(rendered.rgba(c, 0, 0)).isEqualTo(128);
          assertThat(rendered.rgba(c, 31, 15)).isEqualTo(128);
        }
      }
      assertThat(renderer.notes())
          .containsExactly(
              "2 frames had another size than 32x16 and were fitted into the size of the output");
    }
  }

  @Test
  void render_ofFramesOfOneSize_notesNothing() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), INFO);
        Pixels frame = gray("yuv420p", 32, 16, 126)) {
      renderer.render(frame.struct(), ByteBuffer.allocate(32 * 16 * 3));

      assertThat(renderer.notes()).isEmpty();
    }
  }

  @Test
  void crop_ofFramesOfAnotherSize_isTheSamePart() throws IOException {
    VideoOutput output = VideoOutput.of(PixelLayout.GRAY8).crop(16, 0, 16, 16);
    try (FrameRenderer renderer = FrameRenderer.open(output, INFO);
        Pixels twice =
            Pixels.of("yuv420p", 64, 32).fill((c, x, y) -> c == 0 && x >= 32 ? 235 : 16)) {
      Rendered rendered = new Rendered(renderer.layout(), 16, 16);

      renderer.render(twice.struct(), rendered.bytes());

      assertThat(rendered.rgba(0, 0, 8)).isEqualTo(255);
      assertThat(rendered.rgba(0, 15, 8)).isEqualTo(255);
    }
  }

  @Test
  void yuv_ofFramesThatContradictTheStream_hasTheColorsOfTheStream() throws IOException {
    try (Pixels full =
        gray("yuv420p", 32, 16, 255).tag(avutil.AVCOL_SPC_SMPTE170M, avutil.AVCOL_RANGE_JPEG, 0)) {
      Rendered rendered = Infos.render(VideoOutput.source(), INFO, full.struct());

      assertThat(rendered.yuv(0, 7, 7)).isEqualTo(235);
      assertThat(rendered.yuv(1, 3, 3)).isEqualTo(128);
    }
  }

  @Test
  void render_intoEveryKindOfBuffer_writesTheSame() throws IOException {
    int bytes = 32 * 16 * 4;
    List<ByteBuffer> targets =
        List.of(
            ByteBuffer.allocate(bytes),
            ByteBuffer.allocateDirect(bytes),
            ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN),
            ByteBuffer.allocate(bytes + 11).position(4).limit(bytes + 4),
            ByteBuffer.allocateDirect(bytes + 11).position(3).limit(bytes + 3).slice(),
            ByteBuffer.wrap(new byte[bytes + 5], 5, bytes));
    for (PixelLayout layout :
        List.of(PixelLayout.RGBA, PixelLayout.GRAY_F32, PixelLayout.RGBA64, PixelLayout.RGB_F32)) {
      VideoOutput output =
          VideoOutput.of(layout).size(layout == PixelLayout.RGBA ? 32 : 8, 8, Fit.CONTAIN);
      byte[] expected = null;
      for (ByteBuffer target : targets) {
        try (FrameRenderer renderer = FrameRenderer.open(output, INFO);
            Pixels frame = Pixels.of("yuv420p", 32, 16).fill((c, x, y) -> 60 + 3 * x + 5 * y)) {
          int position = target.position();
          int limit = target.limit();
          int size = (int) layout.frameBytes(renderer.width(), renderer.height());
          target.limit(position + size);

          renderer.render(frame.struct(), target);

          byte[] written = new byte[size];
          target.get(position, written);
          assertThat(target.position()).isEqualTo(position);
          assertThat(written).isEqualTo(expected == null ? written : expected);
          expected = written;
          target.limit(limit);
        }
      }
    }
  }

  @Test
  void render_writesNothingBesideTheTarget() throws IOException {
    byte[] memory = new byte[32 * 16 * 3 + 8];
    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), INFO);
        Pixels frame = gray("yuv420p", 32, 16, 200)) {
      renderer.render(frame.struct(), ByteBuffer.wrap(memory, 4, memory.length - 8));
    }

    assertThat(memory).startsWith(0, 0, 0, 0).endsWith(0, 0, 0, 0);
    assertThat(memory[4]).isNotZero();
    assertThat(memory[memory.length - 5]).isNotZero();
  }

  @Test
  void render_intoAnotherSizeOrReadOnlyMemory_isRefused() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), INFO);
        Pixels frame = gray("yuv420p", 32, 16, 200)) {
      assertThatThrownBy(() -> renderer.render(frame.struct(), ByteBuffer.allocate(1537)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be writable and have 1536");
      ByteBuffer readOnly = ByteBuffer.allocate(1536).asReadOnlyBuffer();
      assertThatThrownBy(() -> renderer.render(frame.struct(), readOnly))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void render_ofNegativeStrides_readsUpward() throws IOException {
    try (Pixels pixels = Pixels.of("yuv420p", 32, 16).fill((c, x, y) -> 20 + 9 * y + x);
        Frame flipped = Frame.allocate()) {
      flipped.reference(pixels.struct());
      AVFrame view = flipped.struct();
      for (int plane = 0; plane < 3; plane++) {
        int rows = plane == 0 ? 16 : 8;
        int stride = view.linesize(plane);
        view.data(plane, view.data(plane).getPointer((long) (rows - 1) * stride));
        view.linesize(plane, -stride);
      }

      Rendered copied = Infos.render(VideoOutput.source(), INFO, view);
      Rendered converted = Infos.render(VideoOutput.of(PixelLayout.RGB24), INFO, view);
      Rendered gray = Infos.render(VideoOutput.of(PixelLayout.GRAY8), INFO, view);

      assertThat(copied.yuv(0, 3, 2)).isEqualTo(pixels.get(0, 3, 13));
      assertThat(copied.yuv(2, 5, 1)).isEqualTo(pixels.get(2, 5, 6));
      double luma = (pixels.get(0, 4, 15) - 16) * 255 / 219.0;
      assertThat(gray.rgba(0, 4, 0)).isBetween(luma - 0.5, luma + 0.5);
      assertThat(converted.rgba(1, 4, 0)).isGreaterThan(converted.rgba(1, 4, 8));
    }
  }

  @Test
  void alpha_isKeptOrDropped() throws IOException {
    VideoInfo info = Infos.of("yuva420p", 32, 16, ColorSpec.BT709_LIMITED);
    try (Pixels pixels =
        Pixels.of("yuva420p", 32, 16).fill((c, x, y) -> c == 3 ? 8 * x : c == 0 ? 126 : 128)) {
      for (PixelLayout layout :
          List.of(
              PixelLayout.RGBA,
              PixelLayout.BGRA,
              PixelLayout.ARGB,
              PixelLayout.ABGR,
              PixelLayout.RGBA64,
              PixelLayout.RGBA_F32)) {
        Rendered rendered = Infos.render(VideoOutput.of(layout), info, pixels.struct());

        for (int x = 0; x < 32; x++) {
          assertThat(rendered.rgba(3, x, 9) * 255 / rendered.max())
              .isBetween(8 * x - 0.01, 8 * x + 0.01);
        }
      }
      Rendered opaque = Infos.render(VideoOutput.of(PixelLayout.RGB24), info, pixels.struct());
      Rendered yuv = Infos.render(VideoOutput.of(PixelLayout.I420), info, pixels.struct());

      assertThat(opaque.rgba(0, 0, 0)).isEqualTo(128);
      assertThat(yuv.yuv(0, 0, 0)).isEqualTo(126);
    }
  }

  @ParameterizedTest
  @EnumSource(ToneMap.class)
  void toSdr_ofPq_bringsBrightPartsIntoRange(ToneMap map) throws IOException {
    VideoInfo info = Infos.of("yuv420p10le", 64, 16, ColorSpec.BT2020_PQ, 0, false);
    VideoOutput output = VideoOutput.of(PixelLayout.RGB24).toSdr(map);
    try (Pixels pixels =
        Pixels.of("yuv420p10le", 64, 16).fill((c, x, y) -> c == 0 ? 64 + 876.0 * x / 63 : 512)) {
      Rendered rendered = Infos.render(output, info, pixels.struct());
      Rendered cropped = Infos.render(output.crop(17, 3, 21, 7), info, pixels.struct());
      Rendered yuv =
          Infos.render(VideoOutput.of(PixelLayout.I420).toSdr(map), info, pixels.struct());
      Rendered gray =
          Infos.render(VideoOutput.of(PixelLayout.GRAY8).toSdr(map), info, pixels.struct());

      // 100 cd/m2, the white of SDR, is code 509 of 64 to 940
      int white = (int) Math.ceil((509 - 64) * 63 / 876.0);
      for (int x = 1; x < 64; x++) {
        assertThat(rendered.rgba(1, x, 5)).isGreaterThanOrEqualTo(rendered.rgba(1, x - 1, 5));
        assertThat(rendered.rgba(0, x, 5))
            .isBetween(rendered.rgba(1, x, 5) - 1, rendered.rgba(1, x, 5) + 1);
        assertThat(gray.rgba(0, x, 5))
            .isBetween(rendered.rgba(1, x, 5) - 1, rendered.rgba(1, x, 5) + 1);
        double luma = Reference.clip((yuv.yuv(0, x, 5) - 16) / 219) * 255;
        assertThat(luma).isBetween(rendered.rgba(1, x, 5) - 2, rendered.rgba(1, x, 5) + 2);
      }
      assertThat(rendered.rgba(1, 0, 5)).isZero();
      assertThat(cropped.rgba(1, 5, 5)).isEqualTo(rendered.rgba(1, 22, 5));
      if (map == ToneMap.CLIP) {
        assertThat(rendered.rgba(1, white, 5)).isGreaterThanOrEqualTo(254);
      } else {
        assertThat(rendered.rgba(1, white, 5)).isLessThan(250);
      }
    }
  }

  @Test
  void toSdr_ofSdr_changesNothing() throws IOException {
    try (Pixels pixels = Pixels.of("yuv420p", 32, 16).fill((c, x, y) -> 60 + 3 * x + 5 * y)) {
      Rendered plain = Infos.render(VideoOutput.of(PixelLayout.RGB24), INFO, pixels.struct());
      Rendered mapped =
          Infos.render(
              VideoOutput.of(PixelLayout.RGB24).toSdr(ToneMap.HABLE), INFO, pixels.struct());

      assertThat(mapped.bytes()).isEqualTo(plain.bytes());
    }
  }

  @Test
  void hdr_withoutToSdr_isNotMapped() throws IOException {
    VideoInfo info = Infos.of("yuv444p10le", 32, 16, ColorSpec.BT2020_PQ);
    try (Pixels pixels = Pixels.of("yuv444p10le", 32, 16).fill((c, x, y) -> 300 + 11 * x + c)) {
      Rendered rendered = Infos.render(VideoOutput.of(PixelLayout.RGB48), info, pixels.struct());

      double[] expected = new Reference(pixels, ColorSpec.BT2020_PQ).rgba(9, 9);
      for (int c = 0; c < 3; c++) {
        assertThat(rendered.rgba(c, 9, 9))
            .isBetween(expected[c] * 65535 - 2, expected[c] * 65535 + 2);
      }
    }
  }

  @Test
  void open_ofFramesBeyondABuffer_isRefused() {
    VideoOutput output = VideoOutput.of(PixelLayout.RGBA_F32).size(16384, 16384, Fit.STRETCH);

    assertThatThrownBy(() -> FrameRenderer.open(output, INFO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at most 2147483647");
  }

  @Test
  void limitedGrayOfManyBits_isReadAsGrayOnly() throws IOException {
    VideoInfo info = Infos.of("gray12le", 16, 8, ColorSpec.BT709_LIMITED);
    try (Pixels pixels = Pixels.of("gray12le", 16, 8).fill((c, x, y) -> 256 + 200 * x)) {
      Rendered rendered = Infos.render(VideoOutput.of(PixelLayout.GRAY16), info, pixels.struct());

      double level = (256 + 200 * 7 - 256) * 65535 / (219.0 * 16);
      assertThat(rendered.rgba(0, 7, 3)).isBetween(level - 0.5, level + 0.5);
      assertThatThrownBy(() -> FrameRenderer.open(VideoOutput.of(PixelLayout.RGB24), info))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("gray of more than 10 bits in limited range");
    }
  }

  @Test
  void limitedGray_isExpanded() throws IOException {
    VideoInfo info = Infos.of("gray", 24, 8, ColorSpec.BT709_LIMITED);
    try (Pixels pixels = Pixels.of("gray", 24, 8).fill((c, x, y) -> 8 + 10 * x)) {
      for (PixelLayout layout : List.of(PixelLayout.GRAY8, PixelLayout.RGB24, PixelLayout.RGBA)) {
        Rendered rendered = Infos.render(VideoOutput.of(layout), info, pixels.struct());

        for (int x = 0; x < 24; x++) {
          double level = Reference.clip((8 + 10 * x - 16) / 219.0) * 255;
          assertThat(rendered.rgba(0, x, 3)).isBetween(level - 0.51, level + 0.51);
        }
      }
    }
  }
}
