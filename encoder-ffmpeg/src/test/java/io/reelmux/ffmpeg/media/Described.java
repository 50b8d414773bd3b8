package io.reelmux.ffmpeg.media;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A file of a second with metadata, as ffprobe reads it. */
record Described(Path file, EncodingResult result) {

  /** Containers without video. */
  private static final List<String> AUDIO =
      List.of(
          "m4a", "mka", "mp3", "flac", "ogg", "opus", "wav", "aiff", "caf", "tta", "wv", "w64",
          "adts");

  private static final List<String> VIDEO = List.of("gif", "apng", "h264", "ivf", "y4m");

  static boolean isAudio(String container) {
    return AUDIO.contains(container);
  }

  /** Encodes into a file with the extension of a container. */
  static Described file(Path file, Encoder.Builder builder) throws IOException {
    return file(file, builder, options -> options, options -> options);
  }

  /** MPEG-1 knows a few rates only. */
  private static int rate(String container) {
    return container.equals("mpg") ? 25 : 5;
  }

  static Described file(
      Path file,
      Encoder.Builder builder,
      UnaryOperator<VideoOptions.Builder> videoTags,
      UnaryOperator<AudioOptions.Builder> audioTags)
      throws IOException {
    String name = file.getFileName().toString();
    String container = name.substring(name.lastIndexOf('.') + 1);
    try (Encoder encoder = builder.build()) {
      VideoStream video =
          AUDIO.contains(container)
              ? null
              : encoder.addVideo(
                  videoTags.apply(VideoOptions.builder(64, 48, rate(container))).build());
      AudioStream audio =
          VIDEO.contains(container)
              ? null
              : encoder.addAudio(audioTags.apply(AudioOptions.builder(48_000, 1)).build());
      encoder.openFile(file);
      for (int i = 0; i < 5; i++) {
        if (video != null) {
          video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 48, new byte[64 * 48 * 3]));
        }
        if (audio != null) {
          audio.addSamples(new float[1][9_600]);
        }
      }
      return new Described(file, encoder.finish());
    }
  }

  /** What ffprobe says of format, programs, streams and chapters: names and values. */
  Map<String, String> read() throws IOException, InterruptedException {
    Map<String, String> entries = new TreeMap<>();
    List<String> lines =
        FfmpegCli.ffprobe(
            file,
            "-of",
            "flat",
            "-show_chapters",
            "-show_entries",
            "format_tags:program_tags:stream=codec_name,codec_type:stream_tags:stream_disposition");
    for (String line : lines) {
      int equals = line.indexOf('=');
      entries.put(line.substring(0, equals), line.substring(equals + 1).replaceAll("^\"|\"$", ""));
    }
    return entries;
  }

  boolean notes(String start) {
    return result.notes().stream().anyMatch(note -> note.startsWith(start));
  }
}
