package io.reelmux.reader.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameBatch;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of TorchCodec's tests of its video decoder that no other test has; docs/reading.md
 * lists them. Frames are compared with those of the installed ffmpeg, times with ffprobe's.
 */
@RequiresFfmpegCli
class TorchCodecVideoCasesTest {
  private static final int WIDTH = 128;
  private static final int HEIGHT = 96;
  private static final int COUNT = 75;
  private static final int GOP = 24;
  private static final int BYTES = WIDTH * HEIGHT * 3 / 2;
  private static final VideoOutput I420 = VideoOutput.of(PixelLayout.I420);

  @TempDir private static Path folder;

  private static MediaReader media;
  private static List<byte[]> frames;
  private static List<Long> pts;

  @BeforeAll
  static void encode() throws Exception {
    Path source = file("source.mp4");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=" + WIDTH + "x" + HEIGHT + ":r=30000/1001",
        "-frames:v",
        Integer.toString(COUNT),
        "-c:v",
        "libx264",
        "-g",
        Integer.toString(GOP),
        "-x264-params",
        "scenecut=0:bframes=2",
        source.toString());
    frames = RawFrames.decode(source, "yuv420p", BYTES);
    pts = RawFrames.probe(source, "pts");
    assertThat(frames).hasSize(COUNT).hasSameSizeAs(pts);
    media = MediaReader.open(source);
  }

  @AfterAll
  static void close() {
    media.close();
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static Path make(String name, String... arguments) throws Exception {
    Path target = file(name);
    if (Files.notExists(target)) {
      List<String> all = new ArrayList<>(Arrays.asList(arguments));
      all.add(target.toString());
      FfmpegCli.ffmpeg(all.toArray(String[]::new));
    }
    return target;
  }

  private static byte[] pixels(ReadFrame frame) {
    return RawFrames.bytes(frame.pixels());
  }

  private static void assertFrame(ReadFrame frame, int n) {
    assertThat(frame.index()).isEqualTo(n);
    assertThat(frame.pts()).isEqualTo(pts.get(n));
    assertThat(pixels(frame)).isEqualTo(frames.get(n));
  }

  private static void assertFrames(FrameBatch batch, int... expected) {
    assertThat(batch.count()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertFrame(batch.get(i), expected[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void frame_withAnyNumberOfThreads_hasItsPixelsTimeAndDuration(int threads) throws Exception {
    try (VideoReader video = media.video(I420.threads(threads))) {
      for (int n : new int[] {35, 0, 1, 9, COUNT - 1, 0}) {
        ReadFrame frame = video.frame(n);

        assertFrame(frame, n);
        long next = n + 1 < COUNT ? pts.get(n + 1) : pts.get(n) + pts.get(1) - pts.get(0);
        assertThat(frame.duration()).isEqualTo(frame.timeBase().toDuration(next - pts.get(n)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,75,1",
    "0,75,20",
    "35,36,1",
    "35,36,5",
    "10,40,7",
    "0,0,1",
    "75,75,3",
    "70,75,2",
    "24,49,24",
  })
  void framesIn_slices_areThoseFrames(int from, int to, int step) throws Exception {
    try (VideoReader video = media.video(I420)) {
      int[] expected = IntStream.range(from, to).filter(n -> (n - from) % step == 0).toArray();

      assertFrames(video.framesIn(from, to, step), expected);
    }
  }

  @Test
  void framesAt_backwardAndRepeated_areThoseFrames() throws Exception {
    try (VideoReader video = media.video(I420)) {
      assertFrames(video.framesAt(35, 25, 74, 73, 25, 0), 35, 25, 74, 73, 25, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1000, 75, 1000})
  void numbers_outOfRange_areRefused(long n) throws Exception {
    try (VideoReader video = media.video(I420)) {
      assertThatThrownBy(() -> video.frame(n)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.framesAt(0, n)).isInstanceOf(IndexOutOfBoundsException.class);
      assertFrame(video.frame(3), 3);
    }
  }

  @Test
  void frames_iteratedWhileOthersAreRead_areAllFrames() throws Exception {
    try (VideoReader video = media.video(I420)) {
      assertFrame(video.frame(35), 35);
      int n = 0;
      for (ReadFrame frame : video.frames()) {
        assertFrame(frame, n);
        if (n % 10 == 0) {
          assertFrame(video.frame(COUNT - 1), COUNT - 1);
        }
        n++;
      }
      assertThat(n).isEqualTo(COUNT);
    }
  }

  @Test
  void frameShownAt_startsMiddlesAndLastMoments_isThatFrame() throws Exception {
    try (VideoReader video = media.video(I420)) {
      FrameIndex index = video.index();
      for (int n : new int[] {0, 25, 36, COUNT - 1}) {
        Duration start = index.time(n);
        Duration end = n + 1 < COUNT ? index.time(n + 1) : index.end();

        assertFrame(video.frameShownAt(start), n);
        assertFrame(video.frameShownAt(start.plus(Duration.ofMillis(14))), n);
        assertFrame(video.frameShownAt(end.minusNanos(1)), n);
      }
      assertThatThrownBy(() -> video.frameShownAt(Duration.ofSeconds(-1)))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.frameShownAt(index.end()))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.frameShownAt(Duration.ofSeconds(100)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void framesShownAt_anyOrder_areThoseFrames() throws Exception {
    try (VideoReader video = media.video(I420)) {
      List<Duration> times = LongStream.of(840, 1_170, 850).mapToObj(Duration::ofMillis).toList();

      assertFrames(video.framesShownAt(times), 25, 35, 25);
    }
  }

  @Test
  void framesShownIn_ranges_areTheFramesShownThen() throws Exception {
    try (VideoReader video = media.video(I420)) {
      FrameIndex index = video.index();
      Duration at10 = index.time(10);
      Duration at12 = index.time(12);
      Duration nano = Duration.ofNanos(1);

      assertFrames(video.framesShownIn(at10, at12), 10, 11);
      assertFrames(video.framesShownIn(at10, at12.plus(nano)), 10, 11, 12);
      assertFrames(video.framesShownIn(at10.minus(nano), at12.minus(nano)), 9, 10, 11);
      assertFrames(video.framesShownIn(at10.plus(nano), at10.plus(nano).plus(nano)), 10);
      assertFrames(video.framesShownIn(at10, at10));
      assertFrames(
          video.framesShownIn(index.time(0), index.end()), IntStream.range(0, COUNT).toArray());
    }
  }

  @Test
  void framesShownIn_outOfRange_isRefused() throws Exception {
    try (VideoReader video = media.video(I420)) {
      Duration end = video.index().end();

      assertThatThrownBy(() -> video.framesShownIn(end, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> video.framesShownIn(end, end))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> video.framesShownIn(Duration.ZERO, end.plusNanos(1)))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("must not be after it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "15", "24", "29.97", "30.1", "60", "90"})
  void frameRate_lowerAndHigher_repeatsAndLeavesOut(String fps) throws Exception {
    double rate = Double.parseDouble(fps);
    double tick = 1.0 / (pts.get(1) - pts.get(0)) * 1001 / 30_000;
    try (VideoReader video = media.video(I420.frameRate(FrameRate.of(rate)))) {
      int count = (int) Math.ceil(COUNT * 1001 / 30_000.0 * rate - 1e-6);
      assertThat(video.frameCount()).isEqualTo(count);
      for (ReadFrame frame : video.frames()) {
        double time = frame.index() / rate + pts.get(0) * tick;
        int shown = COUNT - 1;
        while (pts.get(shown) * tick > time + 1e-9) {
          shown--;
        }
        assertThat(pixels(frame)).as("frame " + frame.index()).isEqualTo(frames.get(shown));
      }
    }
  }

  @Test
  void dimensions_planarAndPacked_areTheSameComponents() throws Exception {
    try (VideoReader packed = media.video(VideoOutput.of(PixelLayout.RGB24));
        VideoReader planar = media.video(VideoOutput.of(PixelLayout.RGB_PLANAR))) {
      assertThat(packed.framesAt(1, 40).shape()).containsExactly(2, HEIGHT, WIDTH, 3);
      assertThat(planar.framesAt(1, 40).shape()).containsExactly(2, 3, HEIGHT, WIDTH);
      byte[] hwc = pixels(packed.frame(40));
      byte[] chw = pixels(planar.frame(40));
      byte[] turned = new byte[hwc.length];
      for (int i = 0; i < hwc.length; i++) {
        turned[i % 3 * WIDTH * HEIGHT + i / 3] = hwc[i];
      }
      assertThat(chw).isEqualTo(turned);
    }
  }

  @Test
  void start_notZero_timesAreTheFiles() throws Exception {
    Path late =
        make(
            "late.mkv",
            "-i",
            file("source.mp4").toString(),
            "-c",
            "copy",
            "-output_ts_offset",
            "8.333");
    List<Long> expected = RawFrames.probe(late, "pts");
    try (MediaReader reader = MediaReader.open(late);
        VideoReader video = reader.video(I420)) {
      assertThat(video.info().facts().start().orElseThrow())
          .isBetween(Duration.ofMillis(8_300), Duration.ofMillis(8_400));
      for (ReadFrame frame :
          List.of(video.frame(0), video.frame(1), video.framesIn(0, 3, 1).get(2))) {
        assertThat(frame.pts()).isEqualTo(expected.get((int) frame.index()));
        assertThat(pixels(frame)).isEqualTo(frames.get((int) frame.index()));
      }
      Duration start = video.index().time(0);
      assertThat(video.frameShownAt(start).index()).isZero();
      assertThat(video.framesShownIn(start, video.index().time(3)).count()).isEqualTo(3);
    }
  }

  @Test
  void keys_areThoseOfFfprobe() throws Exception {
    List<Long> flags = RawFrames.probe(file("source.mp4"), "key_frame");
    int[] expected = IntStream.range(0, COUNT).filter(n -> flags.get(n) == 1).toArray();
    try (VideoReader video = media.video(I420)) {
      assertThat(expected).containsExactly(0, 24, 48, 72);
      assertThat(video.index().keys()).isEqualTo(expected);
    }
  }

  @Test
  void firstKeyDiscarded_framesBehindItAreDecodedFromIt() throws Exception {
    Path cut = make("discard.mp4", "-ss", "0.5", "-i", file("source.mp4").toString(), "-c", "copy");
    List<byte[]> expected = RawFrames.decode(cut, "yuv420p", BYTES);
    try (MediaReader reader = MediaReader.open(cut);
        VideoReader video = reader.video(I420)) {
      assertThat(video.info().framesInHeader().orElseThrow()).isGreaterThan(expected.size());
      assertThat(video.frameCount()).isEqualTo(expected.size()).isLessThan(COUNT);
      int before = GOP - (COUNT - expected.size());
      assertThat(video.index().keys()).containsExactly(before, before + GOP, before + 2 * GOP);
      for (int n : new int[] {0, 4, before, before + 1, before - 1, expected.size() - 1, 0}) {
        assertThat(pixels(video.frame(n))).isEqualTo(expected.get(n));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"libx264", "libx265", "mpeg4"})
  void frame_firstAfterTheEnd_isTheFirst(String encoder) throws Exception {
    Path file =
        make(
            encoder + ".mp4",
            "-i",
            file("source.mp4").toString(),
            "-frames:v",
            "30",
            "-c:v",
            encoder,
            "-x265-params",
            "log-level=none",
            "-loglevel",
            "quiet");
    List<byte[]> expected = RawFrames.decode(file, "yuv420p", BYTES);
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(I420)) {
      assertThat(pixels(video.frame(29))).isEqualTo(expected.get(29));
      assertThat(pixels(video.frame(0))).isEqualTo(expected.get(0));
      FrameCursor cursor = video.cursor();
      cursor.seek(29);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.next()).isFalse();
      cursor.seek(0);
      assertThat(cursor.next()).isTrue();
      assertThat(pixels(cursor.frame())).isEqualTo(expected.get(0));
    }
  }

  @Test
  void seek_onOneFrameBeforeAndBehindIt_onlyThatFrameIsThere() throws Exception {
    Path single = make("single.mp4", "-i", file("source.mp4").toString(), "-frames:v", "1");
    try (MediaReader reader = MediaReader.open(single);
        VideoReader video = reader.video(I420)) {
      FrameCursor cursor = video.cursor();
      cursor.seek(Duration.ofMillis(1));
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.next()).isFalse();
      for (Duration outside : List.of(Duration.ofSeconds(-1), Duration.ofDays(9_000))) {
        assertThatThrownBy(() -> cursor.seek(outside))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
      assertThat(video.frameCount()).isOne();
      assertThat(video.frame(0).duration()).isPositive();
    }
  }

  @Test
  void seek_repeatedAndBackward_landsOnTheSameFrames() throws Exception {
    try (VideoReader video = media.video(I420)) {
      FrameCursor cursor = video.cursor();
      for (int n : new int[] {50, 50, 10, 72, 0, 71}) {
        cursor.seek(n);
        assertThat(cursor.next()).isTrue();
        assertFrame(cursor.frame(), n);
      }
    }
  }

  /** A color of each corner of YCbCr, without loss, so that only the conversion counts. */
  @ParameterizedTest
  @CsvSource({
    "bt709,tv,8,0.2126,0.0722", "bt709,pc,8,0.2126,0.0722",
    "smpte170m,tv,8,0.299,0.114", "smpte170m,pc,8,0.299,0.114",
    "bt2020nc,tv,10,0.2627,0.0593", "bt2020nc,pc,10,0.2627,0.0593",
  })
  void colors_eachMatrixRangeAndDepth_followTheStandard(
      String matrix, String range, int bits, double kr, double kb) throws Exception {
    int[] yuv = {
      (range.equals("tv") ? 120 : 130) << (bits - 8), 100 << (bits - 8), 150 << (bits - 8)
    };
    Path file = encodeFlat(matrix, range, bits, yuv);
    double[] expected = toRgb(yuv, range.equals("tv"), bits, kr, kb);
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(VideoOutput.of(PixelLayout.RGB24))) {
      assertThat(video.info().colorGuessed()).isFalse();
      byte[] pixels = pixels(video.frame(1));
      for (int i = 0; i < 3; i++) {
        assertThat((double) (pixels[pixels.length / 2 / 3 * 3 + i] & 0xFF))
            .isCloseTo(expected[i] * 255, within(1.0));
      }
    }
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(VideoOutput.of(PixelLayout.RGB_PLANAR_F32))) {
      ByteBuffer pixels = video.frame(1).pixels().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 3; i++) {
        assertThat((double) pixels.getFloat(i * 64 * 64 * 4 + 1_000 * 4))
            .isCloseTo(expected[i], within(bits == 10 ? 0.0005 : 0.002));
      }
    }
  }

  private static Path encodeFlat(String matrix, String range, int bits, int[] yuv)
      throws Exception {
    int size = 64 * 64;
    ByteBuffer raw = ByteBuffer.allocate(size * 3 / 2 * 2 * 3).order(ByteOrder.LITTLE_ENDIAN);
    for (int frame = 0; frame < 3; frame++) {
      for (int i = 0; i < size * 3 / 2; i++) {
        int plane = i < size ? 0 : i < size * 5 / 4 ? 1 : 2;
        if (bits == 8) {
          raw.put((byte) yuv[plane]);
        } else {
          raw.putShort((short) yuv[plane]);
        }
      }
    }
    Path source = Files.write(file("flat.yuv"), Arrays.copyOf(raw.array(), raw.position()));
    String format = bits == 8 ? "yuv420p" : "yuv420p10le";
    String primaries = matrix.replace("nc", "");
    Path target = file("flat-" + matrix + "-" + range + ".mp4");
    FfmpegCli.ffmpeg(
        ("-f rawvideo -pix_fmt "
                + format
                + " -color_range "
                + range
                + " -s 64x64 -i "
                + source
                + " -c:v libx264 -qp 0 -pix_fmt "
                + format
                + " -colorspace "
                + matrix
                + " -color_primaries "
                + primaries
                + " -color_trc bt709 -color_range "
                + range
                + " "
                + target)
            .split(" "));
    return target;
  }

  private static double[] toRgb(int[] yuv, boolean limited, int bits, double kr, double kb) {
    int shift = 1 << (bits - 8);
    double max = (1 << bits) - 1;
    double y = limited ? (yuv[0] - 16.0 * shift) / (219.0 * shift) : yuv[0] / max;
    double scale = limited ? 224.0 * shift : max;
    double cb = (yuv[1] - 128.0 * shift) / scale;
    double cr = (yuv[2] - 128.0 * shift) / scale;
    double r = y + 2 * (1 - kr) * cr;
    double b = y + 2 * (1 - kb) * cb;
    return new double[] {r, (y - kr * r - kb * b) / (1 - kr - kb), b};
  }

  @ParameterizedTest
  @CsvSource({"libx264,yuv444p,mp4", "libvpx-vp9,yuv420p,webm", "ffv1,yuv420p,mkv"})
  void oddSizes_areTheSamplesOfTheFile(String encoder, String format, String extension)
      throws Exception {
    Path file =
        make(
            "odd-" + encoder + "." + extension,
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=127x95",
            "-frames:v",
            "3",
            "-c:v",
            encoder,
            "-pix_fmt",
            format);
    int chroma = format.equals("yuv444p") ? 127 * 95 : 64 * 48;
    List<byte[]> expected = RawFrames.decode(file, format, 127 * 95 + 2 * chroma);
    try (MediaReader reader = MediaReader.open(file);
        VideoReader source = reader.video(VideoOutput.source());
        VideoReader rgb = reader.video()) {
      assertThat(pixels(source.frame(2))).isEqualTo(expected.get(2));
      assertThat(rgb.frame(2).pixels().remaining()).isEqualTo(127 * 95 * 3);
      assertThat(rgb.framesAt(0, 2).shape()).containsExactly(2, 95, 127, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 180, 270})
  void rotation_everyWayToRead_turnsFrames(int degrees) throws Exception {
    Path turned =
        make(
            "turned" + degrees + ".mov",
            "-i",
            file("source.mp4").toString(),
            "-c",
            "copy",
            "-metadata:s:v:0",
            "rotate=" + degrees);
    try (MediaReader reader = MediaReader.open(turned);
        VideoReader video = reader.video();
        VideoReader upright = media.video()) {
      int rotation = video.info().rotation();
      assertThat(rotation).isIn(degrees, 360 - degrees);
      byte[] expected = turn(pixels(upright.frame(10)), rotation);
      Duration time = video.index().time(10);

      assertClose(video.frame(10), expected);
      assertClose(video.framesAt(0, 10).get(1), expected);
      assertClose(video.framesIn(8, 11, 2).get(1), expected);
      assertClose(video.frameShownAt(time), expected);
      assertClose(video.framesShownAt(List.of(time)).get(0), expected);
      assertClose(video.framesShownIn(time, time.plusMillis(5)).get(0), expected);
    }
  }

  /** Turns RGB24 of the source's size clockwise. */
  private static byte[] turn(byte[] rgb, int degrees) {
    byte[] turned = new byte[rgb.length];
    int width = degrees == 180 ? WIDTH : HEIGHT;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int tx = degrees == 90 ? HEIGHT - 1 - y : degrees == 180 ? WIDTH - 1 - x : y;
        int ty = degrees == 90 ? x : degrees == 180 ? HEIGHT - 1 - y : WIDTH - 1 - x;
        System.arraycopy(rgb, (y * WIDTH + x) * 3, turned, (ty * width + tx) * 3, 3);
      }
    }
    return turned;
  }

  /** Turning comes before the colors: interpolation may round once more. */
  private static void assertClose(ReadFrame frame, byte[] expected) {
    byte[] actual = pixels(frame);
    assertThat(actual).hasSameSizeAs(expected);
    int worst =
        IntStream.range(0, actual.length)
            .map(i -> Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)))
            .max()
            .orElseThrow();
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  @Test
  void rotation_cropAndSize_applyToTheTurnedFrame() throws Exception {
    Path turned =
        make(
            "turned90.mov",
            "-i",
            file("source.mp4").toString(),
            "-c",
            "copy",
            "-metadata:s:v:0",
            "rotate=90");
    VideoOutput rgb = VideoOutput.of(PixelLayout.RGB24);
    try (MediaReader reader = MediaReader.open(turned);
        VideoReader whole = reader.video(rgb);
        VideoReader cropped = reader.video(rgb.crop(4, 40, 80, 60));
        VideoReader scaled = reader.video(rgb.crop(4, 40, 80, 60).size(30, 50, Fit.STRETCH))) {
      assertThat(whole.width()).isEqualTo(HEIGHT);
      byte[] all = pixels(whole.frame(3));
      ByteBuffer part = ByteBuffer.allocate(80 * 60 * 3);
      for (int y = 40; y < 100; y++) {
        part.put(all, (y * HEIGHT + 4) * 3, 80 * 3);
      }
      assertClose(cropped.frame(3), part.array());
      assertThat(scaled.framesAt(0, 1).shape()).containsExactly(2, 50, 30, 3);
    }
  }

  @Test
  void floats_of8Bits_areTheBytes() throws Exception {
    try (VideoReader bytes = media.video(VideoOutput.of(PixelLayout.RGB_PLANAR));
        VideoReader floats = media.video(VideoOutput.of(PixelLayout.RGB_PLANAR_F32))) {
      byte[] expected = pixels(bytes.frame(5));
      ByteBuffer actual = floats.framesAt(5).data().order(ByteOrder.LITTLE_ENDIAN);
      double worst =
          IntStream.range(0, expected.length)
              .mapToDouble(i -> Math.abs(actual.getFloat(4 * i) - (expected[i] & 0xFF) / 255.0))
              .max()
              .orElseThrow();
      assertThat(worst).isLessThanOrEqualTo(0.505 / 255);
    }
  }

  @Test
  void streams_several_eachIsReadByItself() throws Exception {
    Path two =
        make(
            "two.mkv",
            "-i",
            file("source.mp4").toString(),
            "-f",
            "lavfi",
            "-i",
            "color=red:s=32x32:d=1",
            "-f",
            "lavfi",
            "-i",
            "sine=d=1",
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-c:v:0",
            "copy");
    try (MediaReader reader = MediaReader.open(two)) {
      List<VideoInfo> videos = reader.info().videos();
      try (VideoReader large = reader.video(videos.get(0), I420);
          VideoReader small = reader.video(videos.get(1), I420)) {
        assertThat(pixels(large.frame(7))).isEqualTo(frames.get(7));
        assertThat(small.frame(7).width()).isEqualTo(32);
        assertThat(small.frameCount()).isEqualTo(25);
      }
    }
    Path audio = make("audio.wav", "-f", "lavfi", "-i", "sine=d=0.1");
    try (MediaReader reader = MediaReader.open(audio)) {
      assertThatThrownBy(reader::video).isInstanceOf(UnsupportedMediaException.class);
    }
  }

  @Test
  void open_whatIsNoMedia_isRefused() throws IOException {
    Path text = Files.writeString(file("text.mp4"), "This is no video. ".repeat(100));
    assertThatThrownBy(() -> MediaReader.open(text)).isInstanceOf(UnsupportedMediaException.class);
    assertThatThrownBy(() -> MediaReader.open(file("missing.mp4"))).isInstanceOf(IOException.class);
  }
}
