package io.reelmux.site;

import io.reelmux.AudioOptions;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.EncoderOption;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of what the catalog of the GPL build on Linux says about encoders and containers. */
final class CatalogPages {
  private static final List<String> CONTAINERS =
      List.of("mp4", "mov", "mkv", "webm", "ts", "flv", "avi", "3gp", "mxf", "nut", "asf", "ogg");
  private static final List<String> VIDEO_ONLY = List.of("gif", "apng", "webp");
  private static final List<String> AUDIO_ONLY =
      List.of("m4a", "mp3", "flac", "wav", "opus", "aac");
  private static final List<String> VIDEO =
      List.of(
          "h264",
          "hevc",
          "av1",
          "vp9",
          "vp8",
          "mpeg4",
          "mpeg2video",
          "mjpeg",
          "prores",
          "ffv1",
          "qtrle",
          "gif",
          "apng",
          "libwebp_anim");
  private static final List<String> AUDIO =
      List.of(
          "aac",
          "mp3",
          "opus",
          "flac",
          "alac",
          "ac3",
          "eac3",
          "mp2",
          "pcm_s16le",
          "pcm_f32le",
          "wavpack");
  private static final List<String> WITH_OPTIONS =
      List.of(
          "libx264",
          "libx264rgb",
          "libx265",
          "libopenh264",
          "libsvtav1",
          "libaom-av1",
          "libvpx-vp9",
          "libvpx",
          "h264_nvenc",
          "hevc_nvenc",
          "av1_nvenc",
          "prores_ks",
          "mpeg4",
          "mpeg2video",
          "mjpeg",
          "ffv1",
          "gif",
          "apng",
          "libwebp_anim",
          "aac",
          "libopus",
          "libmp3lame",
          "flac",
          "alac",
          "ac3",
          "eac3");
  private static final String HARDWARE = ".*_(nvenc|qsv|vaapi|v4l2m2m|vulkan|amf|mf|videotoolbox)";

  private final EncoderCatalog catalog;

  CatalogPages(EncoderCatalog catalog) {
    this.catalog = catalog;
  }

  /** The page of all encoders. */
  String encoders() {
    return """
    # Encoders

    All encoders of the GPL build of FFmpeg 8.1.2 for Linux on x86-64, as `EncoderCatalog.encoders()` returns them. The LGPL
    build lacks libx264, libx264rgb and libx265; other platforms have other encoders for hardware. `codec(name)` accepts the
    encoder's name, or that of the codec, which chooses the best encoder that there is. The build writes this page.

    Numbers link to the [options](encoder-options.md) of common encoders; `encoder(name)` of the catalog returns those of any.

    ## Video

    """
        + table(StreamKind.VIDEO, encoder -> !encoder.name().matches(HARDWARE))
        + """

        ## Video, with hardware

        These need a device and its driver. NVENC is used by `device(Device.cuda(0))` ([CUDA](cuda.md)); the others are not
        tested.

        """
        + table(StreamKind.VIDEO, encoder -> encoder.name().matches(HARDWARE))
        + """

        ## Audio

        """
        + table(StreamKind.AUDIO, encoder -> true);
  }

  /** The page of the options of common encoders. */
  String options() {
    StringBuilder page =
        new StringBuilder(
            """
            # Encoder options

            Options of common encoders, for `option(name, value)`, in FFmpeg's words. Name, type and range are checked when a destination
            is opened, and an unknown name is refused with the nearest ones. Not everything in the tables is accepted:

            - A range is narrower than FFmpeg's own where the encoder's library would silently replace a value: libx264's `crf` ends at
              51. Other settings can narrow a range further; the message names what is left.
            - Options that open files (`stats`, `passlogfile`, `x265-stats`) are refused.
            - An option that repeats a setting that is set (`preset`, `crf`, `tune` with `lowLatency`) is refused. The settings work with
              every encoder that has them: [bit rate, key frames, latency and speed](rate.md).

            `max` and `min` stand for FFmpeg's largest and smallest number. libx264, libx265 and SVT-AV1 accept more in their `-params`
            options. The build writes this page from `EncoderCatalog`.
            """);
    for (String name : WITH_OPTIONS) {
      EncoderInfo encoder = catalog.encoder(name).orElseThrow();
      page.append("\n## ").append(name).append("\n\n");
      page.append(encoder.description()).append(". ");
      page.append(facts(encoder)).append("\n\n").append(options(encoder));
    }
    return page.toString();
  }

  /** Which codec fits into which container. */
  String matrix() {
    return "Video:\n\n"
        + matrix(VIDEO_ONLY, VIDEO, (codec, container) -> canEncodeVideo(codec, container))
        + "\nAudio:\n\n"
        + matrix(AUDIO_ONLY, AUDIO, (codec, container) -> canEncodeAudio(codec, container));
  }

  private String table(StreamKind kind, Predicate<EncoderInfo> wanted) {
    List<List<String>> rows = new ArrayList<>();
    for (EncoderInfo encoder : catalog.encoders(kind)) {
      if (wanted.test(encoder)) {
        String number = String.valueOf(encoder.options().size());
        String name = encoder.name();
        rows.add(
            List.of(
                "`" + name + "`",
                encoder.codec(),
                cell(encoder.description()),
                WITH_OPTIONS.contains(name)
                    ? "[%s](encoder-options.md#%s)".formatted(number, MarkdownPage.anchor(name))
                    : number));
      }
    }
    return new MarkdownTable(List.of("encoder", "codec", "description", "options:"), rows)
        .toMarkdown();
  }

  private static String facts(EncoderInfo encoder) {
    List<String> facts = new ArrayList<>();
    String formats = encoder.kind() == StreamKind.VIDEO ? "Pixel formats: " : "Sample formats: ";
    facts.add(formats + String.join(", ", encoder.formats()) + ".");
    if (!encoder.sampleRates().isEmpty()) {
      facts.add("Sample rates: " + list(encoder.sampleRates()) + ".");
    }
    if (!encoder.channelCounts().isEmpty()) {
      facts.add("Channels: " + list(encoder.channelCounts()) + ".");
    }
    return String.join(" ", facts);
  }

  private static String list(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String options(EncoderInfo encoder) {
    if (encoder.options().isEmpty()) {
      return "No options of its own.\n";
    }
    List<List<String>> rows = new ArrayList<>();
    for (EncoderOption option : encoder.options()) {
      rows.add(
          List.of(
              "`" + option.name() + "`", option.type(), cell(values(option)), cell(option.help())));
    }
    return new MarkdownTable(List.of("option", "type", "values", "meaning"), rows).toMarkdown();
  }

  private static String values(EncoderOption option) {
    String names =
        option.constants().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    boolean number = option.type().matches("int|int64|double|float|uint|uint64|duration");
    String range = number ? number(option.min()) + " to " + number(option.max()) : "";
    return Stream.of(range, names)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String number(double value) {
    if (Math.abs(value) >= Integer.MAX_VALUE) {
      return value < 0 ? "min" : "max";
    }
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ').replace("{", "&#123;");
  }

  private interface Question {
    boolean canEncode(String codec, String container);
  }

  private static String matrix(List<String> others, List<String> codecs, Question question) {
    List<String> columns = new ArrayList<>(List.of(""));
    columns.addAll(codecs);
    List<List<String>> rows = new ArrayList<>();
    List<String> containers = new ArrayList<>(CONTAINERS);
    containers.addAll(others);
    for (String container : containers) {
      List<String> row = new ArrayList<>(List.of(container));
      codecs.forEach(codec -> row.add(question.canEncode(codec, container) ? "yes" : ""));
      if (row.contains("yes")) {
        rows.add(row);
      }
    }
    return new MarkdownTable(columns, rows).toMarkdown();
  }

  private boolean canEncodeVideo(String codec, String container) {
    return catalog.canEncode(VideoOptions.builder(352, 288, 25).codec(codec).build(), container);
  }

  private boolean canEncodeAudio(String codec, String container) {
    return catalog.canEncode(AudioOptions.builder(48_000, 2).codec(codec).build(), container);
  }
}
