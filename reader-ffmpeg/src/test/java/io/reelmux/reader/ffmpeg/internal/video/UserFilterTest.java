package io.reelmux.reader.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's filters. */
@ExtendWith(LeakCheck.class)
class UserFilterTest {
  private static final VideoInfo INFO = Infos.of("yuv420p", 32, 16, ColorSpec.BT709_LIMITED);

  private static VideoOutput gray(String filter) {
    return VideoOutput.of(PixelLayout.GRAY8).filter(filter);
  }

  private static Pixels luma(int width, int height, int code) throws IOException {
    return Pixels.of("yuv420p", width, height).fill((c, x, y) -> c == 0 ? code : 128);
  }

  @Test
  void filter_thatScales_setsTheSize() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(gray("scale=20:10,negate"), INFO);
        Pixels frame = luma(32, 16, 235)) {
      Rendered rendered = new Rendered(renderer.layout(), 20, 10);
      assertThat(renderer.width()).isEqualTo(20);
      assertThat(renderer.height()).isEqualTo(10);
      assertThat(renderer.sequentialOnly()).isNull();

      renderer.render(frame.struct(), rendered.bytes());

      assertThat(rendered.rgba(0, 3, 3)).isLessThan(6);
    }
  }

  @Test
  void filter_runsBetweenRotationAndCrop() throws IOException {
    VideoInfo info = Infos.of("yuv420p", 32, 16, ColorSpec.BT709_LIMITED, 90, true);
    VideoOutput output = gray("drawbox=x=0:y=0:w=4:h=4:color=white:t=fill").crop(2, 2, 10, 20);
    try (FrameRenderer renderer = FrameRenderer.open(output, info);
        Pixels frame = luma(32, 16, 16)) {
      Rendered rendered = new Rendered(renderer.layout(), 10, 20);

      renderer.render(frame.struct(), rendered.bytes());

      assertThat(rendered.rgba(0, 1, 1)).isEqualTo(255);
      assertThat(rendered.rgba(0, 2, 2)).isZero();
    }
  }

  @Test
  void filter_afterRotation_keepsChromaInPlace() throws IOException {
    VideoInfo info = Infos.of("yuv420p", 32, 16, ColorSpec.BT709_LIMITED, 180, true);
    VideoOutput plain = VideoOutput.of(PixelLayout.RGB24);
    try (Pixels frame =
        Pixels.of("yuv420p", 32, 16).fill((c, x, y) -> c == 0 ? 126 : 70 + 7 * x + 3 * y)) {
      Rendered expected = Infos.render(plain, info, frame.struct());
      Rendered rendered = Infos.render(plain.filter("null"), info, frame.struct());

      for (int at = 0; at < expected.bytes().capacity(); at++) {
        int difference = (rendered.bytes().get(at) & 0xFF) - (expected.bytes().get(at) & 0xFF);
        assertThat(difference).isBetween(-2, 2);
      }
    }
  }

  @Test
  void source_isTheLayoutOfWhatIsFiltered() throws IOException {
    VideoOutput output = VideoOutput.source().filter("format=gbrp").size(8, 8, Fit.STRETCH);
    try (FrameRenderer renderer = FrameRenderer.open(output, INFO)) {
      assertThat(renderer.layout()).isEqualTo(PixelLayout.RGB_PLANAR);
    }
  }

  @Test
  void render_ofFramesOfAnotherSize_filtersThemToo() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(gray("negate"), INFO);
        Pixels frame = luma(32, 16, 235);
        Pixels larger = luma(48, 24, 235)) {
      for (Pixels next : List.of(frame, larger, frame)) {
        Rendered rendered = new Rendered(renderer.layout(), 32, 16);

        renderer.render(next.struct(), rendered.bytes());

        assertThat(rendered.rgba(0, 3, 3)).isLessThan(6);
      }
      assertThat(renderer.notes()).hasSize(1);
    }
  }

  @Test
  void render_ofFramesThatTheFilterRefuses_fails() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(gray("crop=30:14"), INFO);
        Pixels smaller = luma(16, 8, 235)) {
      ByteBuffer target = ByteBuffer.allocate(30 * 14);

      assertThatThrownBy(() -> renderer.render(smaller.struct(), target))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("filter frames of another size");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "colorbalance=rs=0.1",
        "hue=s=0",
        "crop=16:8,hflip",
        "transpose=clock",
        "gblur=2",
        "format=gray",
        "scale=16:8:flags=neighbor",
        "lutyuv=y=negval",
        "unsharp",
        "curves=negative"
      })
  void sequentialOnly_ofFiltersOfSingleFrames_isNull(String filter) throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(gray(filter), INFO)) {
      assertThat(renderer.sequentialOnly()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "yadif; the filter 'yadif' depends on the frames before or changes their number",
        "tmix=2; the filter 'tmix' depends on the frames before or changes their number",
        "fps=5; the filter 'fps' depends on the frames before or changes their number",
        "negate,select=mod(n\\,2); the filter 'select' depends on the frames before or changes"
            + " their number",
        "hue=h=n; the option 'h' of the filter 'hue' depends on the frames before",
        "crop=16:8:x=n; the option 'x' of the filter 'crop' depends on the frames before",
        "negate=enable='between(n,0,1)'; the option 'enable' of the filter 'negate' depends on the"
            + " frames before"
      })
  void sequentialOnly_ofOtherFilters_saysWhy(String filter, String reason) throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(gray(filter), INFO);
        Pixels frame = luma(32, 16, 235)) {
      assertThat(renderer.sequentialOnly()).isEqualTo(reason);
      int bytes = renderer.width() * renderer.height();
      assertThatThrownBy(() -> renderer.render(frame.struct(), ByteBuffer.allocate(bytes)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "movie=secret.mp4; filter 'movie' opens a file",
        "lut3d=x.cube; filter 'lut3d' opens a file",
        "curves=psfile=x.acv; option 'psfile' of filter 'curves' opens a file",
        "hflp; unknown filter 'hflp'",
        "geq=lum=0; filter 'geq' is not accepted",
        "split; has 2 open outputs",
        "volume=2; is refused by FFmpeg",
        "loop=-1:1; may go on without end",
        "scale=bad; is refused by FFmpeg"
      })
  void open_ofForbiddenFilters_isRefused(String filter, String reason) {
    assertThatThrownBy(() -> FrameRenderer.open(gray(filter), INFO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("allowFilterFiles");
  }

  private static List<Long> times(FrameRenderer renderer, List<Integer> shades) throws IOException {
    List<Long> times = new ArrayList<>();
    ByteBuffer target = ByteBuffer.allocate(renderer.width() * renderer.height());
    while (renderer.pull(target)) {
      times.add(renderer.pts());
      shades.add(target.get(0) & 0xFF);
    }
    return times;
  }

  @Test
  void pull_givesAnyNumberOfFramesWithTheirTimes() throws IOException {
    List<Long> times = new ArrayList<>();
    List<Integer> shades = new ArrayList<>();
    try (FrameRenderer renderer = FrameRenderer.open(gray("fps=50"), INFO)) {
      for (int i = 0; i < 3; i++) {
        try (Pixels frame = luma(32, 16, 16 + 73 * i)) {
          frame.struct().pts(10 + i);
          renderer.push(frame.struct());
        }
        times.addAll(times(renderer, shades));
      }
      renderer.push(null);
      times.addAll(times(renderer, shades));

      assertThat(renderer.timeBase().denominator()).isEqualTo(50);
      assertThat(times).startsWith(20L, 21L, 22L, 23L);
      assertThat(shades).startsWith(0, 0, 85, 85);
    }
  }

  @Test
  void pull_ofFramesOfTwoSizes_givesAllOfBoth() throws IOException {
    List<Integer> shades = new ArrayList<>();
    try (FrameRenderer renderer = FrameRenderer.open(gray("reverse"), INFO)) {
      for (int i = 0; i < 4; i++) {
        try (Pixels frame = luma(i < 2 ? 32 : 64, 16, 16 + 73 * i)) {
          frame.struct().pts(i);
          renderer.push(frame.struct());
        }
        times(renderer, shades);
      }
      renderer.push(null);
      times(renderer, shades);

      assertThat(shades).containsExactly(85, 0, 255, 170);
    }
  }

  @Test
  void reset_forgetsWhatFiltersHold() throws IOException {
    List<Integer> shades = new ArrayList<>();
    try (FrameRenderer renderer = FrameRenderer.open(gray("reverse"), INFO);
        Pixels black = luma(32, 16, 16);
        Pixels white = luma(32, 16, 235)) {
      renderer.push(black.struct());
      times(renderer, shades);
      renderer.reset();
      renderer.push(white.struct());
      times(renderer, shades);
      renderer.push(null);
      times(renderer, shades);

      assertThat(shades).containsExactly(255);
    }
  }

  @Test
  void push_withoutFilters_isRefused() throws IOException {
    try (FrameRenderer renderer = FrameRenderer.open(VideoOutput.of(PixelLayout.GRAY8), INFO);
        Pixels frame = luma(32, 16, 16)) {
      assertThatThrownBy(() -> renderer.push(frame.struct()))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
