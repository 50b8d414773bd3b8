package io.reelmux.cut;

import io.reelmux.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that are read, none of which an output may replace. */
final class Inputs {

  private Inputs() {}

  /**
   * Refuses outputs that would overwrite what is still to be read.
   *
   * @throws IllegalArgumentException if an output is one of the files, also by a link
   */
  static void requireOthers(List<Path> inputs, Output first, Output... more) throws IOException {
    List<Output> outputs = new ArrayList<>(List.of(more));
    outputs.add(first);
    for (Output output : outputs) {
      for (Path input : inputs) {
        if (output.path().isPresent() && isSame(output.path().get(), input)) {
          throw new IllegalArgumentException(
              output.path().get()
                  + " is a file that is read: choose another, and move it afterward");
        }
      }
    }
  }

  private static boolean isSame(Path output, Path input) throws IOException {
    return Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input);
  }
}
