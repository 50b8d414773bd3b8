package io.reelmux;

import io.reelmux.internal.OutputEnd;
import io.reelmux.internal.OutputEnds;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputEvents;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The outputs of an encoder: keeps the caller's objects reachable, and holds the handles. */
final class EncoderOutputs implements OutputEvents {
  private final List<Output> outputs = new CopyOnWriteArrayList<>();
  private final List<OutputHandle> handles = new CopyOnWriteArrayList<>();
  private final List<OutputEnd> opened = new ArrayList<>();
  private final List<String> openedNames = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final @Nullable OutputListener listener;
  private final OutputEnds ends;
  private @Nullable Consumer<String> refuseInside;

  /** Adds an output to the session. */
  @FunctionalInterface
  interface Attach {
    /**
     * Adds it.
     *
     * @param attached receives it before it receives anything itself
     */
    void run(String name, Consumer<OutputControl> attached) throws IOException;
  }

  /** Makes the request of an output. */
  @FunctionalInterface
  interface Requests {
    OutputRequest of(Output output, OutputEnd end, OutputRequest.Settings settings);
  }

  EncoderOutputs(Output first, Output[] more, @Nullable OutputListener listener) {
    outputs.add(Objects.requireNonNull(first, "output"));
    Objects.requireNonNull(more, "more");
    for (Output output : more) {
      outputs.add(Objects.requireNonNull(output, "output"));
    }
    this.listener = listener;
    this.ends = new OutputEnds(listener == null ? null : this);
  }

  /** Makes the caller's ends; called once. */
  OutputEnds ends(boolean overwrite) {
    for (int i = 0; i < outputs.size(); i++) {
      for (Output other : outputs.subList(0, i)) {
        OutputConflicts.refuse(other, outputs.get(i));
      }
      OutputEnd end = outputs.get(i).end(overwrite);
      opened.add(end);
      ends.add(end);
    }
    return ends;
  }

  OutputEnds ends() {
    return ends;
  }

  /** The requests of the outputs that the encoder is opened with. */
  List<OutputRequest> requests(StreamIds ids, Requests requests) {
    List<OutputRequest> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      String name = newName(output);
      openedNames.add(name);
      OutputRequest.Settings settings = settings(output, name, outputs.size() == 1, ids);
      all.add(requests.of(output, opened.get(i), settings));
    }
    return all;
  }

  OutputRequest.Settings settings(
      Output output, String name, boolean requiredByDefault, StreamIds ids) {
    Optional<List<StreamId>> only = output.selected().map(ids::of);
    return new OutputRequest.Settings(
        name, only, output.requiredOr(requiredByDefault), output.bufferBytes(), output.overflow());
  }

  private String newName(Output output) {
    String name = output.name();
    for (int i = 2; !names.add(name); i++) {
      name = output.name() + " " + i;
    }
    return name;
  }

  /** The session is open. */
  void connect(EncodingSession session, Consumer<String> refuse) {
    refuseInside = refuse;
    for (int i = 0; i < openedNames.size(); i++) {
      addHandle(openedNames.get(i), session.output(i));
    }
  }

  private void addHandle(String name, OutputControl control) {
    int number = handles.size();
    Consumer<String> refuse = Objects.requireNonNull(refuseInside, "refuseInside");
    handles.add(
        new OutputHandle(
            name,
            control,
            () -> ends.unblock(number),
            () -> refuse.accept("OutputHandle.finish()")));
  }

  /** Adds an output to the open encoder. */
  synchronized OutputHandle attach(Output output, Attach attach) throws IOException {
    outputs.forEach(other -> OutputConflicts.refuse(other, output));
    String name = newName(output);
    try {
      attach.run(name, control -> addHandle(name, control));
    } catch (IOException | RuntimeException | Error e) {
      names.remove(name);
      throw e;
    }
    outputs.add(output);
    return handles.get(handles.size() - 1);
  }

  List<OutputHandle> handles() {
    return List.copyOf(handles);
  }

  @Override
  public void failed(int output, Throwable failure) {
    tell(told -> told.onFailure(handles.get(output), failure));
  }

  @Override
  public void overflowed(int output) {
    tell(told -> told.onOverflow(handles.get(output)));
  }

  @Override
  public void recovered(int output, long dropped) {
    tell(told -> told.onRecovery(handles.get(output), dropped));
  }

  @Override
  public void ended(int output, boolean complete, boolean cancelled) {}

  private void tell(Consumer<OutputListener> event) {
    OutputListener told = listener;
    if (told != null) {
      event.accept(told);
    }
  }
}
