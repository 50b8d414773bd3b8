package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ColorSpec;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FieldOrder;
import io.reelmux.HdrMetadata;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Color, HDR, the shape of pixels, rotation, flip and field order: whatever the encoder and the
 * container, ffprobe reads in the file what was asked, or it was refused, or a note names it.
 */
@RequiresFfmpegCli
@RequiresGpl
class VideoTagTest {
  private static final HdrMetadata HDR =
      HdrMetadata.displayP3(0.005, 1000).withContentLight(900, 300);

  private static final List<String> ENCODERS =
      List.of(
          "libx264",
          "libx265",
          "libsvtav1",
          "libvpx-vp9",
          "libvpx",
          "libopenh264",
          "mpeg4",
          "mpeg2video",
          "mpeg1video",
          "mjpeg",
          "prores_ks",
          "ffv1",
          "utvideo",
          "magicyuv",
          "vc2",
          "png",
          "gif");

  private static final List<String> CONTAINERS =
      List.of("mp4", "mov", "mkv", "webm", "avi", "ts", "nut", "3gp", "mxf", "gif", "ivf");

  /** ffprobe 5.1 does not read colors there, because it has no decoder or probes too little. */
  private static final List<String> UNREADABLE =
      List.of("mpeg4 ts", "mpeg2video ts", "mpeg1video ts", "libopenh264 ts", "ffv1 mxf");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("Matrix BT709", "bt709"),
          Map.entry("Matrix BT601", "smpte170m"),
          Map.entry("Matrix BT2020", "bt2020nc"),
          Map.entry("Range LIMITED", "tv"),
          Map.entry("Range FULL", "pc"),
          Map.entry("Primaries BT709", "bt709"),
          Map.entry("Primaries BT601", "smpte170m"),
          Map.entry("Primaries BT470BG", "bt470bg"),
          Map.entry("Primaries BT2020", "bt2020"),
          Map.entry("Primaries DCI_P3", "smpte431"),
          Map.entry("Primaries DISPLAY_P3", "smpte432"),
          Map.entry("Transfer BT709", "bt709"),
          Map.entry("Transfer BT601", "smpte170m"),
          Map.entry("Transfer SRGB", "iec61966-2-1"),
          Map.entry("Transfer GAMMA22", "bt470m"),
          Map.entry("Transfer GAMMA28", "bt470bg"),
          Map.entry("Transfer LINEAR", "linear"),
          Map.entry("Transfer BT2020", "bt2020-10"),
          Map.entry("Transfer PQ", "smpte2084"),
          Map.entry("Transfer HLG", "arib-std-b67"));

  @TempDir Path folder;

  /** Each encoder in each container, with the next color, ratio, rotation and flip each time. */
  @Test
  void openFile_anyEncoderAndContainer_storesOrNotes() throws Exception {
    List<ColorSpec> colors = new ArrayList<>(constants());
    colors.add(
        new ColorSpec(
            ColorSpec.Matrix.BT2020,
            ColorSpec.Range.FULL,
            ColorSpec.Primaries.DCI_P3,
            ColorSpec.Transfer.GAMMA22));
    colors.add(
        new ColorSpec(
            ColorSpec.Matrix.BT709,
            ColorSpec.Range.LIMITED,
            ColorSpec.Primaries.DCI_P3,
            ColorSpec.Transfer.LINEAR));
    int files = 0;
    int i = 0;
    for (String encoder : ENCODERS) {
      for (String container : CONTAINERS) {
        ColorSpec color = colors.get(i++ % colors.size());
        VideoOptions options =
            Fixtures.options(25)
                .codec(encoder)
                .color(color)
                .hdr(HDR)
                .sampleAspectRatio(3, 2)
                .rotation(i % 4 * 90)
                .flip(i % 2 == 1, i % 8 > 3)
                .build();
        if (!UNREADABLE.contains(encoder + " " + container)) {
          files += walk(options, container).isPresent() ? 1 : 0;
        }
      }
    }
    assertThat(files).isGreaterThan(80);
  }

  private Optional<EncodingResult> walk(VideoOptions options, String container) throws Exception {
    Path file = folder.resolve("tags." + container);
    EncodingResult result;
    try {
      result = encode(options, file, container);
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
    List<String> read = probe(file);
    String notes = String.join("\n", result.notes());
    String where = options.codec().orElseThrow() + " in " + container + ": " + read + notes;
    ColorSpec color = options.color().orElseThrow();
    String format = result.streams().get(0).format();
    boolean rgb = format.matches("(rgb|bgr|gbr|pal).*");
    if (!rgb) {
      check(where, last(read, "color_space"), "Matrix", color.matrix(), notes, "the matrix");
      boolean implied =
          color.range() == ColorSpec.Range.LIMITED && last(read, "color_range").equals("unknown");
      if (!implied) {
        check(where, last(read, "color_range"), "Range", color.range(), notes, "the range");
      }
    }
    check(where, last(read, "color_primaries"), "Primaries", color.primaries(), notes, "primaries");
    check(
        where, last(read, "color_transfer"), "Transfer", color.transfer(), notes, "transfer func");
    storedOrNoted(where, read.contains("sample_aspect_ratio=3:2"), notes, "sample aspect ratio");
    storedOrNoted(where, holdsHdr(read), notes, "mastering display", "light levels");
    if (options.rotation() != 0 || options.flipHorizontal() || options.flipVertical()) {
      storedOrNoted(where, read.containsAll(matrix(options)), notes, "rotation");
    }
    return Optional.of(result);
  }

  private static void check(
      String where, String read, String kind, Enum<?> value, String notes, String noted) {
    String name = NAMES.get(kind + " " + value);
    // both have the same coefficients
    boolean same = read.equals(name) || (read.equals("bt470bg") && "smpte170m".equals(name));
    storedOrNoted(where + kind, same, notes, noted);
  }

  private static void storedOrNoted(String where, boolean stored, String notes, String... words) {
    boolean noted = Arrays.stream(words).anyMatch(notes::contains);
    assertThat(stored || noted).as(where + Arrays.toString(words)).isTrue();
  }

  /** AV1 stores fractions of 16 bits and of 14 bits. */
  private static boolean holdsHdr(List<String> read) {
    return near(read, "red_x", 0.680)
        && near(read, "green_y", 0.690)
        && near(read, "blue_x", 0.150)
        && near(read, "white_point_x", 0.3127)
        && near(read, "min_luminance", 0.005)
        && near(read, "max_luminance", 1000)
        && read.contains("max_content=900")
        && read.contains("max_average=300");
  }

  private static boolean near(List<String> read, String key, double value) {
    List<Double> values =
        read.stream()
            .filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1).split("/"))
            .map(parts -> Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]))
            .toList();
    // ffprobe 5.1 reports the primaries of a PNG as another display
    return values.stream().anyMatch(found -> Math.abs(found - value) < 6e-5);
  }

  /** The rows as ffprobe prints them, by multiplying the flip with the rotation. */
  private static List<String> matrix(VideoOptions options) {
    int quarter = options.rotation() / 90;
    int cos = new int[] {1, 0, -1, 0}[quarter];
    int sin = new int[] {0, 1, 0, -1}[quarter];
    int x = options.flipHorizontal() ? -65536 : 65536;
    int y = options.flipVertical() ? -65536 : 65536;
    return List.of(
        "00000000: %12d %11d %11d".formatted(x * cos, x * sin, 0).replaceAll(" +", " "),
        "00000001: %12d %11d %11d".formatted(-y * sin, y * cos, 0).replaceAll(" +", " "));
  }

  @Test
  void openFile_everyConstant_isStored() throws Exception {
    for (ColorSpec color : constants()) {
      for (String container : List.of("mp4", "mkv", "mov")) {
        VideoOptions options = Fixtures.options(25).codec("libx264").color(color).build();
        Path file = folder.resolve("color." + container);
        encode(options, file, container);
        assertThat(probe(file))
            .as(color + " in " + container)
            .contains(
                "color_space=" + NAMES.get("Matrix " + color.matrix()),
                "color_range=" + NAMES.get("Range " + color.range()),
                "color_primaries=" + NAMES.get("Primaries " + color.primaries()),
                "color_transfer=" + NAMES.get("Transfer " + color.transfer()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, mp4",
    "libx264, mkv",
    "libx264, ts",
    "mpeg2video, mkv",
    "mpeg2video, mpg",
    "mpeg4, mkv",
    "prores_ks, mov",
    "ffv1, mkv"
  })
  void fieldOrder_eachOrder_isRead(String encoder, String container) throws Exception {
    for (FieldOrder order : List.of(FieldOrder.TOP_FIRST, FieldOrder.BOTTOM_FIRST)) {
      VideoOptions options = Fixtures.options(25).codec(encoder).fieldOrder(order).build();
      Path file = folder.resolve("fields." + container);
      encode(options, file, container);
      assertThat(probe(file))
          .as(order.toString())
          .contains(
              "interlaced_frame=1", "top_field_first=" + (order == FieldOrder.TOP_FIRST ? 1 : 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1, mkv, TOP_FIRST, tt",
    "prores_ks, mov, BOTTOM_FIRST, bb",
    "mpeg2video, mkv, TOP_FIRST, tt",
    "libx264, mp4, TOP_FIRST, tt"
  })
  void fieldOrder_container_isTagged(
      String encoder, String container, FieldOrder order, String read) throws Exception {
    VideoOptions options = Fixtures.options(25).codec(encoder).fieldOrder(order).build();
    Path file = folder.resolve("fields." + container);
    encode(options, file, container);
    assertThat(probe(file)).contains("field_order=" + read);
  }

  @Test
  void fieldOrder_encoderWithoutFields_isRefusedWithThoseThatHaveThem() {
    VideoOptions options =
        Fixtures.options(25).codec("libvpx-vp9").fieldOrder(FieldOrder.TOP_FIRST).build();

    assertThatThrownBy(() -> encode(options, folder.resolve("x.webm"), "webm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("libvpx-vp9 does not encode interlaced frames; these do: ffv1");
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, 10, yuv420p10le",
    "libx265, 10, yuv420p10le",
    "libx265, 12, yuv420p12le",
    "libsvtav1, 10, yuv420p10le",
    "prores_ks, 10, yuv422p10le",
    "ffv1, 10, yuv420p10le",
    "libx264, 8, yuv420p"
  })
  void bitDepth_supported_choosesTheFormatOfThatDepth(String encoder, int bits, String format)
      throws Exception {
    VideoOptions options = Fixtures.options(25).codec(encoder).bitDepth(bits).build();
    Path file = folder.resolve("depth.mkv");

    EncodingResult result = encode(options, file, "mkv");

    assertThat(result.streams().get(0).format()).isEqualTo(format);
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=pix_fmt")).containsExactly(format);
  }

  @Test
  void bitDepth_notSupported_isRefusedWithTheFormats() {
    VideoOptions options = Fixtures.options(25).codec("mpeg4").bitDepth(10).build();

    assertThatThrownBy(() -> encode(options, folder.resolve("x.mkv"), "mkv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "video 0: bitDepth 10: mpeg4 has no format of that depth; it supports: yuv420p");
  }

  /** 64 * 12 / 11 is not a whole number of pixels. */
  @Test
  void sampleAspectRatio_inMatroskaWithBrokenPixels_isNoted() throws Exception {
    VideoOptions options = Fixtures.options(25).sampleAspectRatio(12, 11).build();

    EncodingResult mkv = encode(options, folder.resolve("x.mkv"), "mkv");
    EncodingResult mp4 = encode(options, folder.resolve("x.mp4"), "mp4");

    assertThat(mkv.notes()).anyMatch(note -> note.contains("ratio 12:11 is rounded"));
    assertThat(mp4.notes()).isEmpty();
    assertThat(probe(folder.resolve("x.mp4"))).contains("sample_aspect_ratio=12:11");
  }

  private static EncodingResult encode(VideoOptions options, Path file, String container)
      throws IOException {
    Files.deleteIfExists(file);
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFile(file, container);
      Fixtures.addMoving(stream, 0, 4);
      return encoder.finish();
    }
  }

  /** Lines {@code key=value} of the stream, of its side data, and of the first frame. */
  private static List<String> probe(Path file) throws IOException, InterruptedException {
    return FfmpegCli.ffprobe(
            file, "-of", "default=nw=1", "-show_streams", "-show_frames", "-read_intervals", "%+#1")
        .stream()
        .map(line -> line.trim().replaceAll(" +", " "))
        .toList();
  }

  /** The frame's value, or the stream's where the frame has none. */
  private static String last(List<String> read, String key) {
    return read.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .filter(value -> !value.equals("unknown"))
        .reduce((stream, frame) -> frame)
        .orElse("unknown");
  }

  private static List<ColorSpec> constants() throws IllegalAccessException {
    List<ColorSpec> all = new ArrayList<>();
    for (Field field : ColorSpec.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ColorSpec.class) {
        all.add((ColorSpec) field.get(null));
      }
    }
    return all;
  }
}
