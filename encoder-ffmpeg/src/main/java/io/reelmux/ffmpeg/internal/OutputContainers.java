package io.reelmux.ffmpeg.internal;

import io.reelmux.ffmpeg.internal.av.Refusals;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.mux.OutputTargets;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Which containers each stream goes into. */
final class OutputContainers {
  private final List<OutputRequest> outputs;
  private final List<Container> containers = new ArrayList<>();

  /**
   * Finds the containers of outputs.
   *
   * @throws IllegalArgumentException if one does not exist, naming the output if there are several
   */
  OutputContainers(List<OutputRequest> outputs) {
    this.outputs = outputs;
    for (OutputRequest output : outputs) {
      try {
        containers.add(OutputTargets.container(output));
      } catch (IllegalArgumentException e) {
        if (outputs.size() == 1) {
          throw e;
        }
        throw Refusals.of("output '" + output.settings().name() + "'", e);
      }
    }
  }

  /**
   * Returns the container of a stream, or that of several outputs together.
   *
   * @throws IllegalArgumentException if no output contains it
   */
  Container of(StreamId id, String label) {
    List<Container> own = new ArrayList<>();
    List<Container> packets = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      OutputRequest.Settings settings = outputs.get(i).settings();
      if (settings.contains(id)) {
        Container container = containers.get(i);
        // packets have no preferences of their own
        (container == Container.PACKETS_ONLY ? packets : own)
            .add(outputs.size() == 1 ? container : container.of(settings.name()));
      }
    }
    own.addAll(packets);
    if (own.isEmpty()) {
      throw new IllegalArgumentException(
          label + " is in no output: name it in only() of one, or do not add it");
    }
    return Container.together(own);
  }
}
