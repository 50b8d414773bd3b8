package io.reelmux.cli;

import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that write a file. */
final class OutputSettings {

  @Option(names = "--overwrite", description = "replace the output if it exists")
  private boolean overwrite;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "layout of MP4 and MOV: ${COMPLETION-CANDIDATES} (default: CRASH_SAFE)")
  private @Nullable ContainerMode mode;

  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description = "a tag of the file, such as title=Holiday; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  boolean overwrite() {
    return overwrite;
  }

  /** Sets what was asked for, and nothing else. */
  void apply(Encoder.Builder builder) {
    VideoSettings.set(mode, builder::container);
    metadata.forEach(builder::metadata);
  }
}
