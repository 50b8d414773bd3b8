package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.Disposition;
import io.reelmux.StreamKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** All settings: those that ffprobe can see, and the tests of those that it cannot. */
final class Settings {

  /** Methods whose effect ffprobe cannot see, and the tests that call them and show it. */
  static final Map<String, String> UNSEEN =
      Map.ofEntries(
          Map.entry("StreamOptions.bitRate", "RateControlTest"),
          Map.entry("StreamOptions.option", "OptionRefusalTest"),
          Map.entry("VideoOptions.crf", "ContainerMatrixTest"),
          Map.entry("VideoOptions.quality", "RateControlTest"),
          Map.entry("VideoOptions.qp", "RateControlTest"),
          Map.entry("VideoOptions.maxBitRate", "RateControlTest"),
          Map.entry("VideoOptions.bufferSize", "OptionMappingStandinTest"),
          Map.entry("VideoOptions.rateControl", "RateControlTest"),
          Map.entry("VideoOptions.preset", "SpeedTest"),
          Map.entry("VideoOptions.speed", "SpeedTest"),
          Map.entry("VideoOptions.openGop", "KeyFramesTest"),
          Map.entry("VideoOptions.partFrom", "PartsTest"),
          Map.entry("VideoOptions.partFrames", "PartsTest"),
          Map.entry("VideoOptions.filter", "FilterTest"),
          Map.entry("AudioOptions.filter", "FilterTest"),
          Map.entry("Encoder.allowFilterFiles", "FilterTest"),
          Map.entry("VideoOptions.threads", "KeyFramesTest"),
          Map.entry("VideoOptions.fit", "FitTest"),
          Map.entry("VideoOptions.background", "AlphaTest"),
          Map.entry("VideoOptions.device", "CpuFallbackTest"),
          Map.entry("VideoOptions.fallbackToCpu", "NoDriverTest"),
          Map.entry("AudioOptions.channelLayout", "ChannelLayoutsTest"),
          Map.entry("AudioOptions.gaps", "GapsTest"),
          Map.entry("AudioOptions.maxGap", "AudioOptionsTest"),
          Map.entry("AudioOptions.timestampTolerance", "GapsTest"),
          Map.entry("AudioOptions.trimOverlaps", "GapsTest"),
          Map.entry("Encoder.muxerOption", "OptionRefusalTest"),
          Map.entry("Encoder.container", "PresentationTimesTest"),
          Map.entry("VideoOptions.extraKeyFrames", "KeyFramesTest"),
          Map.entry("Encoder.outputListener", "BlockedOutputTest"),
          Map.entry("Encoder.progressListener", "EncoderLifecycleTest"),
          Map.entry("Encoder.packetListener", "EncoderCancelTest"),
          Map.entry("Encoder.reproducible", "RepeatabilityTest"),
          Map.entry("Encoder.overwrite", "DestinationRefusalTest"),
          Map.entry("Encoder.interleaveBudget", "SalvageFaultTest"),
          Map.entry("Encoder.deadline", "BlockedDestinationTest"),
          Map.entry("Encoder.timeLimit", "TimeLimitTest"));

  private static final String TITLE = "Silent";
  private static final String OWN = "Own value";

  private Settings() {}

  /** The settings of an encoder of a kind that can be seen. */
  static List<Setting> of(StreamKind kind) {
    List<Setting> all = new ArrayList<>();
    all.add(codec());
    for (Setting setting : common()) {
      all.add(setting.by(Setting.Reach.CONTAINER));
    }
    for (Disposition role : Disposition.values()) {
      // readers assume it of the only stream: see MetadataTest
      if (role != Disposition.DEFAULT) {
        all.add(disposition(role).by(Setting.Reach.CONTAINER));
      }
    }
    all.addAll(kind == StreamKind.VIDEO ? VideoSettings.all() : AudioSettings.all());
    return all;
  }

  private static Setting disposition(Disposition role) {
    String key = "disposition." + role.name().toLowerCase(Locale.ROOT);
    return Setting.of(
        "StreamOptions.disposition " + role,
        1,
        request -> request.stream().disposition(role),
        (probe, info) -> probe.stream(key).equals("1"),
        "disposition " + role + " is not stored");
  }

  private static Setting codec() {
    return Setting.of(
        "StreamOptions.codec",
        0,
        request -> {},
        (probe, info) -> sameCodec(probe.stream("codec_name"), info.codec()),
        "codec");
  }

  private static List<Setting> common() {
    return List.of(
        Setting.of(
            "StreamOptions.language",
            1,
            request -> request.stream().language("jpn"),
            (probe, info) -> probe.streamTag("language").filter("jpn"::equals).isPresent(),
            "language"),
        Setting.of(
            "StreamOptions.title",
            1,
            request -> request.stream().title("Stream title"),
            (probe, info) -> probe.any("streams\\.stream\\.0\\.tags\\..*", "Stream title"::equals),
            "\\d: title"),
        Setting.of(
            "StreamOptions.metadata",
            1,
            request -> request.stream().metadata("own_stream", OWN),
            (probe, info) -> probe.streamTag("own_stream").filter(OWN::equals).isPresent(),
            "own_stream"),
        Setting.of(
            "Encoder.metadata title",
            2,
            request -> request.file.metadata("title", TITLE),
            (probe, info) -> probe.any(".*\\.tags\\.(title|service_name)", TITLE::equals),
            "metadata title"),
        Setting.of(
            "Encoder.metadata own",
            1,
            request -> request.file.metadata("own_file", OWN),
            (probe, info) -> probe.any(".*\\.tags\\.own_file", OWN::equals),
            "metadata own_file"),
        Setting.of(
            "Encoder.creationTime",
            1,
            request -> request.file.creationTime(Instant.parse("2020-02-03T04:05:06Z")),
            (probe, info) ->
                probe.any(
                    ".*\\.tags\\.creation_time", text -> text.startsWith("2020-02-03T04:05:06")),
            "creationTime"),
        Setting.of(
            "Encoder.chapter",
            2,
            request -> request.file.chapter(Duration.ZERO, "First"),
            (probe, info) -> probe.any("chapters\\..*\\.tags\\.title", "First"::equals),
            "chapter"),
        Setting.of(
            "Encoder.cover",
            4,
            request -> request.file.cover(png()),
            (probe, info) -> probe.any(".*\\.disposition\\.attached_pic", "1"::equals),
            "cover"),
        Setting.of(
            "Encoder.attachment",
            5,
            request ->
                request.file.attachment(
                    "a.txt", "text/plain", "text".getBytes(StandardCharsets.UTF_8)),
            (probe, info) -> probe.any(".*\\.tags\\.filename", "a.txt"::equals),
            "attachment"));
  }

  /** Codecs that readers know by another name, or that are variants of one format. */
  private static final Map<String, String> READ_AS =
      Map.of(
          "h263p", "h263",
          "ljpeg", "mjpeg",
          "v308", "rawvideo",
          "v408", "rawvideo",
          "v410", "rawvideo",
          "wrapped_avframe", "rawvideo",
          "aac", "aac_latm",
          // MP4 and IEC 61937 have one number for the layers of MPEG audio
          "mp2", "mp3");

  private static boolean sameCodec(String read, String asked) {
    return read.equals(asked) || read.equals(READ_AS.get(asked));
  }

  private static byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
