package io.reelmux.cli;

import io.reelmux.AlphaMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Encodes images or raw frames, and an audio file, into a new file. */
@Command(
    name = "encode",
    sortOptions = false,
    customSynopsis = "reelmux encode [OPTIONS] INPUT... OUTPUT",
    description = "Encodes images or raw frames, and an audio file, into a new file.",
    footer = {
      "%nExamples:",
      "  reelmux encode frames out.mp4 --rate 24",
      "  reelmux encode 'frames/*.png' out.webm --audio music.mp3 --shortest",
      "  reelmux encode - out.mkv --size 640x360 --layout RGB24 < frames.rgb"
    })
final class EncodeCommand implements Callable<Integer> {

  @ParentCommand private @Nullable ReelmuxCommand root;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "images, directories of images or patterns such as 'frames/*.png'; with --layout a file"
              + " of raw frames, or - for standard input. The last is the file to write; its"
              + " extension chooses the container")
  private List<String> files = List.of();

  @Option(
      names = "--rate",
      paramLabel = "FPS",
      converter = Values.Rate.class,
      description = "frames per second: 25 (default), 29.97, 30000/1001")
  private FrameRate rate = FrameRate.of(25, 1);

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = Values.Size.class,
      description = "size of raw frames; of images, the size to scale to")
  private @Nullable FrameSize size;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "the input is raw frames of this layout: RGB24, RGBA, GRAY8, I420, NV12, ...")
  private @Nullable PixelLayout layout;

  @Option(
      names = "--fit",
      paramLabel = "HOW",
      description = "images of another size or shape: ${COMPLETION-CANDIDATES} (default: DENY)")
  private Fit fit = Fit.DENY;

  @Option(
      names = "--alpha",
      paramLabel = "HOW",
      description = "transparency: ${COMPLETION-CANDIDATES}; FLATTEN is over black (default: DROP)")
  private @Nullable AlphaMode alpha;

  @Option(
      names = "--filter",
      paramLabel = "FILTER",
      description = "FFmpeg filters between frames and encoder: hqdn3d=2,eq=contrast=1.1")
  private @Nullable String filter;

  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description = "audio to encode beside the frames, from any media file")
  private @Nullable Path audio;

  @Option(
      names = "--shortest",
      description = "end with the shorter one of frames and audio (default: with the longer one)")
  private boolean shortest;

  @Mixin private VideoSettings video = new VideoSettings();
  @Mixin private AudioSettings audioSettings = new AudioSettings();
  @Mixin private OutputSettings output = new OutputSettings();

  private final List<String> notes = new ArrayList<>();

  @Override
  public Integer call() throws IOException, CommandException {
    if (files.size() < 2) {
      throw CommandException.refused(
          "only one file is named, " + files.get(0) + ": an input and the file to write are needed",
          "reelmux encode " + files.get(0) + " out.mp4");
    }
    if (audio == null && (shortest || audioSettings.isSet())) {
      String option = shortest ? "--shortest" : "an option of the audio";
      throw CommandException.refused(option + " needs --audio", "--audio FILE, or neither");
    }
    ReelmuxCommand command = Objects.requireNonNull(root);
    String name = files.get(files.size() - 1);
    long start = System.nanoTime();
    EncodingResult result;
    try (PartFile part = PartFile.of(Path.of(name), output.overwrite());
        FrameSource frames = frames(command.console());
        AudioFeed sound = audio == null ? null : AudioFeed.open(audio)) {
      result = encode(command, frames, sound, part);
      notes.addAll(frames.notes());
      if (sound != null) {
        notes.addAll(sound.report().sentences());
      }
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    new ResultReport(command.console()).print(name, result, notes, wall);
    return 0;
  }

  private FrameSource frames(Console console) throws IOException, CommandException {
    List<String> inputs = files.subList(0, files.size() - 1);
    if (layout == null) {
      if (inputs.contains("-")) {
        throw CommandException.refused(
            "standard input has raw frames, and it is not said of what layout",
            "--layout RGB24 --size 640x360");
      }
      // frames of another shape than the output's are refused by the encoder
      return ImageFrames.open(ImageFiles.find(inputs), fit == Fit.DENY);
    }
    if (size == null) {
      throw CommandException.refused("--layout needs the size of the frames", "--size 640x360");
    }
    if (inputs.size() > 1) {
      throw CommandException.refused(
          "raw frames come from one file, not " + inputs.size(),
          "cat FILES | reelmux encode - ...");
    }
    return RawFrames.open(inputs.get(0), console.in(), layout, size);
  }

  @SuppressWarnings("try") // the cancellation acts by being open
  private EncodingResult encode(
      ReelmuxCommand command, FrameSource frames, @Nullable AudioFeed sound, PartFile part)
      throws IOException, CommandException {
    Optional<Duration> total =
        frames.count().isPresent() ? Optional.of(at(frames.count().getAsLong())) : Optional.empty();
    command.console().hide(part);
    try (ProgressDisplay progress = command.progress("encoding", total)) {
      Encoder.Builder settings = Encoder.builder().progressListener(progress);
      output.apply(settings);
      Encoder encoder = settings.build();
      try (Cancellation interrupt =
          Cancellation.of(encoder::cancel, frames::isWaiting, () -> delete(part))) {
        EncodingResult result = encode(encoder, frames, sound, part);
        part.complete();
        return result;
      } finally {
        // has no effect on a finished encoder; close() would complete the file of a failed one
        encoder.cancel();
        encoder.close();
      }
    }
  }

  private EncodingResult encode(
      Encoder encoder, FrameSource frames, @Nullable AudioFeed sound, PartFile part)
      throws IOException, CommandException {
    VideoStream stream = encoder.addVideo(options(frames));
    if (sound != null) {
      sound.addTo(encoder, audioSettings);
    }
    encoder.openFile(part.path());
    VideoFrame frame;
    for (long n = 1; (frame = frames.next()) != null; n++) {
      if (sound != null && !sound.addUntil(n, rate) && shortest) {
        notes.add("frames from " + (n - 1) + " on were left out: the audio ends");
        break;
      }
      stream.addFrame(frame);
    }
    stream.end();
    if (sound != null && !shortest) {
      sound.addRest();
    }
    return encoder.finish();
  }

  private static void delete(PartFile part) {
    try {
      part.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VideoOptions options(FrameSource frames) {
    VideoOptions.Builder options =
        VideoOptions.builder(frames.width(), frames.height(), rate).fit(fit);
    if (size != null && layout == null) {
      options.outputSize(size.width(), size.height());
    }
    VideoSettings.set(alpha, options::alpha);
    VideoSettings.set(filter, options::filter);
    video.apply(options);
    return options.build();
  }

  private Duration at(long frame) {
    return Duration.ofNanos(Math.round(1e9 * frame * rate.denominator() / rate.numerator()));
  }
}
