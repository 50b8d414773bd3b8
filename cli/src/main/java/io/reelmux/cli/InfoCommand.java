package io.reelmux.cli;

import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Describes a file. */
@Command(
    name = "info",
    sortOptions = false,
    description = "Describes a media file: its streams, times, colors, chapters and tags.",
    footer = {"%nExamples:", "  reelmux info in.mp4", "  reelmux info in.mp4 --frames --json"})
final class InfoCommand implements Callable<Integer> {

  @ParentCommand private @Nullable ReelmuxCommand root;

  @Parameters(paramLabel = "FILE", description = "any media file")
  private Path file = Path.of("");

  @Option(
      names = "--frames",
      description = "count the frames of each video stream exactly, which reads the whole file")
  private boolean frames;

  @Override
  public Integer call() throws IOException {
    Console console = Objects.requireNonNull(root).console();
    try (MediaReader reader = MediaReader.open(file)) {
      MediaInfo info = reader.info();
      Map<Integer, Long> counts = frames ? count(reader) : Map.of();
      long bytes = Files.size(file);
      if (console.isJson()) {
        console.out().println(Json.page(new InfoJson(info, counts).of(file.toString(), bytes)));
      } else {
        new InfoText(console, info, counts).print(file.toString(), bytes);
      }
    }
    return 0;
  }

  private static Map<Integer, Long> count(MediaReader reader) throws IOException {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    for (VideoInfo video : reader.info().videos()) {
      if (video.facts().unsupported().isEmpty()) {
        try (VideoReader frames = reader.video(video, VideoOutput.source())) {
          counts.put(video.index(), frames.frameCount());
        }
      }
    }
    return counts;
  }
}
