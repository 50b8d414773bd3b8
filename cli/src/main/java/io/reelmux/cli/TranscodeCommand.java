package io.reelmux.cli;

import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Encodes the streams of a file again, or copies them. */
@Command(
    name = "transcode",
    sortOptions = false,
    customSynopsis = "reelmux transcode [OPTIONS] IN OUT",
    description = "Encodes the video and audio streams of a file again, or copies them.",
    footer = {
      "%nExamples:",
      "  reelmux transcode in.mov out.mp4 --size 1280x720 --fit contain --quality high",
      "  reelmux transcode in.mp4 part.webm --from 1:30 --to 1:45.5",
      "  reelmux transcode in.mkv out.mp4 --copy-video --copy-audio"
    })
final class TranscodeCommand implements Callable<Integer> {

  /** What limits a part that has no end; the last frame is not that late. */
  private static final Duration END = Duration.ofDays(366);

  @ParentCommand private @Nullable ReelmuxCommand root;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "any media file")
  private Path input = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "the file to write; its extension chooses the container")
  private Path target = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = Values.Size.class,
      description = "size of the frames; that of the input by default")
  private @Nullable FrameSize size;

  @Option(
      names = "--fit",
      paramLabel = "HOW",
      description = "if --size has another shape: ${COMPLETION-CANDIDATES} (default: DENY)")
  private @Nullable Fit fit;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = "FFmpeg filters, before scaling: yadif, crop=640:480:0:0, hqdn3d=2")
  private @Nullable String filter;

  @Option(
      names = "--rate",
      paramLabel = "FPS",
      converter = Values.Rate.class,
      description = "constant frame rate; the frames' own times by default")
  private @Nullable FrameRate rate;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Values.Time.class,
      description = "start of the part to encode: 83.5 or 1:23.5")
  private @Nullable Duration from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Values.Time.class,
      description = "end of the part to encode")
  private @Nullable Duration to;

  @Option(
      names = "--streams",
      paramLabel = "N",
      split = ",",
      description = "only these streams, by the numbers that reelmux info shows")
  private List<Integer> streams = List.of();

  @Option(names = "--copy-video", description = "copy video without encoding it again")
  private boolean copyVideo;

  @Option(names = "--copy-audio", description = "copy audio without encoding it again")
  private boolean copyAudio;

  @Option(names = "--no-video", description = "leave out video")
  private boolean noVideo;

  @Option(names = "--no-audio", description = "leave out audio")
  private boolean noAudio;

  @Mixin private VideoSettings video = new VideoSettings();
  @Mixin private AudioSettings audio = new AudioSettings();
  @Mixin private OutputSettings output = new OutputSettings();

  @Override
  @SuppressWarnings("try") // the cancellation acts by being open
  public Integer call() throws IOException, CommandException {
    refuseContradictions();
    ReelmuxCommand command = Objects.requireNonNull(root);
    long start = System.nanoTime();
    MediaInfo info = readInfo();
    refuseUnknownStreams(info);
    TranscodeResult done;
    try (PartFile part = PartFile.of(target, output.overwrite());
        ProgressDisplay progress = command.progress("transcoding", duration(info))) {
      command.console().hide(part);
      Transcoder transcoder = transcoder(progress);
      try (Cancellation interrupt =
          Cancellation.of(transcoder::cancel, () -> false, () -> delete(part))) {
        done = transcoder.toFile(part.path());
        part.complete();
      }
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    new ResultReport(command.console())
        .print(target.toString(), done.encoding(), done.notes(), wall);
    return 0;
  }

  /** What is copied is not changed: an option that has no effect is a misunderstanding. */
  private void refuseContradictions() throws CommandException {
    refuse(copyVideo || noVideo, copyVideo ? "--copy-video" : "--no-video", VIDEO_OPTIONS);
    refuse(copyAudio || noAudio, copyAudio ? "--copy-audio" : "--no-audio", AUDIO_OPTIONS);
    refuse(noVideo, "--no-video", List.of("--copy-video"));
    refuse(noAudio, "--no-audio", List.of("--copy-audio"));
    if (fit != null && size == null) {
      throw CommandException.refused("--fit needs --size", "--size 1280x720");
    }
    if (copyVideo && (from != null || to != null)) {
      throw CommandException.refused(
          "--copy-video cannot be cut: packets begin at key frames only",
          "encode the video: leave out --copy-video");
    }
  }

  private static final List<String> VIDEO_OPTIONS =
      List.of(
          "--size",
          "--fit",
          "--filter",
          "--rate",
          "--codec",
          "--crf",
          "--quality",
          "--bitrate",
          "--max-bitrate",
          "--speed",
          "--preset",
          "--profile",
          "--pixel-format",
          "--gop",
          "--threads",
          "--option",
          "--device",
          "--fallback-to-cpu");

  private static final List<String> AUDIO_OPTIONS =
      List.of("--audio-codec", "--audio-bitrate", "--audio-rate", "--channels");

  private void refuse(boolean given, String option, List<String> others) throws CommandException {
    var parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
    for (String other : others) {
      if (given && parsed.hasMatchedOption(other)) {
        throw CommandException.refused(
            other + " has no effect with " + option, "leave out one of the two");
      }
    }
  }

  private MediaInfo readInfo() throws IOException {
    try (MediaReader reader = MediaReader.open(input)) {
      return reader.info();
    }
  }

  private void refuseUnknownStreams(MediaInfo info) throws CommandException {
    int count = info.streams().size();
    for (int index : streams) {
      if (index < 0 || index >= count) {
        throw CommandException.refused(
            input + " has no stream " + index + ", but 0 to " + (count - 1),
            "reelmux info " + input);
      }
    }
  }

  private Optional<Duration> duration(MediaInfo info) {
    Duration start = Objects.requireNonNullElse(from, Duration.ZERO);
    Optional<Duration> whole = info.duration();
    Optional<Duration> end =
        to == null || whole.filter(it -> it.compareTo(to) < 0).isPresent()
            ? whole
            : Optional.of(to);
    return end.map(it -> it.minus(start)).filter(it -> !it.isNegative());
  }

  private Transcoder transcoder(ProgressDisplay progress) {
    Transcoder transcoder =
        Transcoder.of(input)
            .streams(this::isWanted)
            .encoder(output::apply)
            .progress(progress)
            .device(video.device())
            .fallbackToCpu(video.fallbackToCpu());
    if (copyVideo) {
      transcoder.copyVideo();
    } else {
      transcoder.video(frames()).video(video::apply);
    }
    if (copyAudio) {
      transcoder.copyAudio();
    } else {
      transcoder.audio(audio::apply);
    }
    if (from != null || to != null) {
      transcoder.trim(
          Objects.requireNonNullElse(from, Duration.ZERO), Objects.requireNonNullElse(to, END));
    }
    return transcoder;
  }

  private boolean isWanted(StreamInfo stream) {
    boolean leftOut =
        stream instanceof OtherInfo
            || (noVideo && stream instanceof VideoInfo)
            || (noAudio && stream instanceof AudioInfo);
    return !leftOut && (streams.isEmpty() || streams.contains(stream.index()));
  }

  private VideoOutput frames() {
    VideoOutput frames = VideoOutput.source();
    if (filter != null) {
      frames = frames.filter(filter);
    }
    if (size != null) {
      frames = frames.size(size.width(), size.height(), Objects.requireNonNullElse(fit, Fit.DENY));
    }
    return rate == null ? frames : frames.frameRate(rate);
  }

  private static void delete(PartFile part) {
    try {
      part.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
