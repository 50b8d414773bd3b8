package io.reelmux.ffmpeg.trichotomy;

import static io.reelmux.ffmpeg.trichotomy.Setting.Reach.CONTAINER;
import static io.reelmux.ffmpeg.trichotomy.Setting.Reach.ENCODER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_INTRA_ONLY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get_by_name;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.EncoderInfo;
import io.reelmux.FieldOrder;
import io.reelmux.HdrMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** The settings of video that ffprobe can see. */
final class VideoSettings {
  private static final ColorSpec.Range LIMITED = ColorSpec.Range.LIMITED;
  private static final HdrMetadata HDR =
      HdrMetadata.displayP3(0.005, 1000).withContentLight(900, 300);

  /** Formats that hold the same values in another order or with more bits. */
  private static final Map<String, Set<String>> DECODED_AS =
      Map.of(
          "rgb24", Set.of("bgr0"),
          "bgr24", Set.of("gbrp"),
          "bgra", Set.of("abgr"),
          "rgb555be", Set.of("rgb555le"),
          "gbrp16be", Set.of("gbrp16le"),
          "yuv422p", Set.of("yuv422p10le"),
          "yuv444p", Set.of("vyu444"),
          "yuva444p", Set.of("uyva"),
          "yuv444p10le", Set.of("v30xle"));

  private VideoSettings() {}

  static List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    all.addAll(form());
    all.addAll(frames());
    // the same numbers have several names
    all.addAll(
        colors(2, ColorSpec.BT601_FULL, "smpte170m|bt470bg", "smpte170m", "smpte170m|bt709"));
    all.addAll(colors(4, ColorSpec.BT2020_PQ, "bt2020nc", "bt2020", "smpte2084"));
    all.addAll(display());
    return all;
  }

  private static List<Setting> form() {
    return List.of(
        Setting.of(
            "VideoOptions.width and height",
            0,
            request -> {},
            (probe, info) -> hasSize(probe, Request.width(info), Request.height(info)),
            "width|size"),
        Setting.of(
                "VideoOptions.outputSize",
                1,
                request -> request.video.outputSize(96, 64),
                (probe, info) -> hasSize(probe, 96, 64),
                "size")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.pixelFormat",
                3,
                request -> request.video.pixelFormat(otherFormat(request.info)),
                (probe, info) -> hasFormat(probe, otherFormat(info)),
                "pixel format")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.bitDepth",
                4,
                request -> request.video.bitDepth(10),
                (probe, info) -> hasTenBits(probe),
                "10 bit")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.preferredBitDepth",
                2,
                request -> request.video.preferredBitDepth(10),
                (probe, info) -> hasTenBits(probe),
                "10 bits per component are not kept")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.alpha",
                5,
                request -> request.video.alpha(AlphaMode.KEEP),
                (probe, info) ->
                    probe.stream("pix_fmt")
                            .matches("yuva.*|gbrap.*|.*rgba.*|.*bgra.*|argb|abgr|ya\\d.*|pal8|uyva")
                        || probe.streamTag("alpha_mode").isPresent(),
                "transparen|alpha")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.profile",
                5,
                request -> request.video.profile("main"),
                (probe, info) -> probe.stream("profile").equalsIgnoreCase("main"),
                "profile")
            .by(ENCODER));
  }

  private static List<Setting> frames() {
    return List.of(
        Setting.of(
            "VideoOptions.frameRate",
            0,
            request -> {},
            (probe, info) -> hasRate(probe, Request.rate(info)),
            "frame rate|time"),
        Setting.of(
            "VideoOptions.variableFrameRate",
            3,
            request -> request.video.variableFrameRate(true),
            (probe, info) -> hasGap(probe, Request.rate(info)),
            "time"),
        Setting.of(
                "VideoOptions.gop",
                1,
                request -> request.video.gop(2),
                (probe, info) -> maxDistance(probe) <= 2,
                "gop|key frame")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.keyInterval",
                2,
                request ->
                    request.video.keyInterval(
                        Duration.ofNanos(3_000_000_000L / Request.rate(request.info))),
                (probe, info) -> maxDistance(probe) <= 3,
                "keyInterval|key frame")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.keyFramesEvery",
                5,
                request -> request.video.keyFramesEvery(Duration.ofMillis(160)),
                (probe, info) -> isAligned(keyFrames(probe), info),
                "key frame")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.maxBFrames",
                1,
                request -> request.video.maxBFrames(1),
                (probe, info) -> !types(probe).isEmpty() && !types(probe).contains("BB"),
                "B-frame")
            .by(ENCODER),
        Setting.of(
                "VideoOptions.lowLatency",
                2,
                request -> request.video.lowLatency(true),
                (probe, info) -> !types(probe).isEmpty() && !types(probe).contains("B"),
                "lowLatency")
            .by(ENCODER),
        Setting.of(
            "VideoOptions.fieldOrder",
            3,
            request -> request.video.fieldOrder(FieldOrder.TOP_FIRST),
            (probe, info) ->
                probe.stream("field_order").matches("tt|tb")
                    || probe.frames("interlaced_frame").contains("1")
                        && probe.frames("top_field_first").contains("1"),
            "field order"));
  }

  /** The parts of a color, each of which is stored or noted. */
  private static List<Setting> colors(
      int round, ColorSpec color, String matrix, String primaries, String transfer) {
    String range = color.range() == LIMITED ? "tv|unknown|" : "pc";
    String name = "VideoOptions.color " + (round == 2 ? "BT.601 full " : "BT.2020 PQ ");
    return List.of(
        Setting.of(
            name + "matrix",
            round,
            request -> request.video.color(color),
            (probe, info) ->
                probe.has("color_space", text -> text.matches(matrix)) || !isYuv(probe),
            "the matrix"),
        Setting.of(
            name + "range",
            round,
            request -> request.video.color(color),
            (probe, info) ->
                probe.has("color_range", text -> text.matches(range))
                    || probe.stream("pix_fmt").startsWith("yuvj")
                    || isRgb(probe),
            "the range"),
        Setting.of(
            name + "primaries",
            round,
            request -> request.video.color(color),
            (probe, info) -> probe.has("color_primaries", primaries::equals),
            "the primaries"),
        Setting.of(
            name + "transfer",
            round,
            request -> request.video.color(color),
            (probe, info) -> probe.has("color_transfer", text -> text.matches(transfer)),
            "the transfer function [A-Z0-9_]+ of|, the transfer function|cannot store the transfer"));
  }

  private static List<Setting> display() {
    return List.of(
        Setting.of(
            "VideoOptions.hdr mastering display",
            4,
            request -> request.video.hdr(HDR),
            (probe, info) -> probe.any(".*\\.max_luminance", text -> near(text, 1000)),
            "mastering display"),
        Setting.of(
            "VideoOptions.hdr light levels",
            4,
            request -> request.video.hdr(HDR),
            (probe, info) -> probe.any(".*\\.max_content", "900"::equals),
            "light levels"),
        Setting.of(
            "VideoOptions.sampleAspectRatio",
            2,
            request -> request.video.sampleAspectRatio(3, 2),
            (probe, info) -> probe.has("sample_aspect_ratio", "3:2"::equals),
            "sample aspect ratio"),
        Setting.of(
            "VideoOptions.timecode",
            1,
            request -> request.video.timecode("01:02:03:04"),
            (probe, info) -> probe.any(".*\\.timecode", "01:02:03:04"::equals),
            "timecode"),
        Setting.of(
                "VideoOptions.rotation",
                1,
                request -> request.video.rotation(90),
                (probe, info) -> probe.any(".*\\.rotation", "-90"::equals),
                "rotation")
            .by(CONTAINER),
        Setting.of(
                "VideoOptions.flip",
                2,
                request -> request.video.flip(true, false),
                (probe, info) ->
                    probe.any(
                        ".*\\.displaymatrix",
                        text -> text.contains("-65536") && text.contains(" 65536")),
                "flip")
            .by(CONTAINER));
  }

  private static boolean hasSize(Probe probe, int width, int height) {
    return probe.stream("width").equals("" + width) && probe.stream("height").equals("" + height);
  }

  private static String otherFormat(EncoderInfo info) {
    List<String> formats = info.formats();
    return formats.isEmpty() ? "yuv422p" : formats.get(Math.min(1, formats.size() - 1));
  }

  /**
   * Decoders have formats of their own for full range, interleaved chroma, palettes and ProRes
   * 4444; the alpha of VP9 is a stream of its own.
   */
  private static boolean hasFormat(Probe probe, String asked) {
    String read = probe.stream("pix_fmt").replace("yuvj", "yuv");
    String format = asked.replace("yuvj", "yuv");
    boolean beside = probe.streamTag("alpha_mode").isPresent();
    return read.equals(format)
        || (beside && ("yuva" + read.substring(3)).equals(format))
        || (format.matches("nv12|nv21") && read.equals("yuv420p"))
        || DECODED_AS.getOrDefault(format, Set.of()).contains(read)
        || (probe.stream("codec_name").equals("cinepak") && read.equals("rgb24"))
        || (probe.stream("codec_name").equals("gif") && read.equals("bgra"))
        || (probe.stream("codec_name").equals("prores") && read.matches("yuva?444p12le"));
  }

  /** H.264 and MPEG-1 count fields, and an AVIF file begins with a still image. */
  private static boolean hasRate(Probe probe, int rate) {
    boolean fields = probe.stream("codec_name").matches("h264|mpeg1video");
    return isRegular(probe.times(), rate)
        || probe.any(".*\\.(avg|r)_frame_rate", text -> near(text, rate))
        || (fields && near(probe.stream("r_frame_rate"), 2 * rate));
  }

  private static boolean isRegular(List<Double> times, int rate) {
    double length = times.isEmpty() ? 0 : times.get(times.size() - 1) - times.get(0);
    return times.size() == Request.FRAMES && Math.abs(length - (times.size() - 1.0) / rate) < 0.005;
  }

  /** Whether frame 2 is shown four ticks after frame 1. */
  private static boolean hasGap(Probe probe, int rate) {
    List<Double> times = probe.times();
    return times.size() > 2 && Math.abs(times.get(2) - times.get(1) - 4.0 / rate) < 0.012;
  }

  /** Where all frames are key frames, those that are due are among them. */
  private static boolean isAligned(String keyFrames, EncoderInfo info) {
    AVCodecDescriptor codec = avcodec_descriptor_get_by_name(info.codec());
    // FFmpeg does not say so of PNG
    boolean intraOnly =
        (codec.props() & AV_CODEC_PROP_INTRA_ONLY) != 0 || info.codec().equals("png");
    // an AVIF file begins with a still image
    return keyFrames.matches("1?10001000") || (intraOnly && keyFrames.matches("1{8,9}"));
  }

  private static String keyFrames(Probe probe) {
    return String.join("", probe.frames("key_frame"));
  }

  private static int maxDistance(Probe probe) {
    String keys = keyFrames(probe);
    int max = keys.isEmpty() ? Integer.MAX_VALUE : 0;
    for (int i = 0, last = 0; i < keys.length(); i++) {
      last = keys.charAt(i) == '1' ? i : last;
      max = Math.max(max, i - last + 1);
    }
    return max;
  }

  private static String types(Probe probe) {
    return probe.frames("pict_type").stream().collect(Collectors.joining());
  }

  private static boolean isYuv(Probe probe) {
    return probe.stream("pix_fmt").matches("(yuv|nv|p0|y2).*") || probe.stream("pix_fmt").isEmpty();
  }

  private static boolean isRgb(Probe probe) {
    return probe.stream("pix_fmt").matches("(gbr|rgb|bgr|x2|0|a|pal8|mono).*");
  }

  private static boolean near(String fraction, double value) {
    return Math.abs(Probe.fraction(fraction) - value) < 0.1;
  }

  private static boolean hasTenBits(Probe probe) {
    return probe.stream("pix_fmt").matches(".*(10|12|14|16)[lb]e|.*p010.*|x2(rgb|bgr)10.*|v30xle")
        || probe.stream("bits_per_raw_sample").equals("10");
  }
}
