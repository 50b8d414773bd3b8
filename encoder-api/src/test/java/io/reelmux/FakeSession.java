package io.reelmux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reelmux.spi.AudioInput;
import io.reelmux.spi.Destination;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.PacketWriter;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.SubtitleInput;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes one letter a call, so that a file tells which calls it has seen: {@code <} header, {@code
 * f} frame, {@code d} device frames, {@code s} samples, {@code e} end, {@code >} trailer, {@code !}
 * trailer after a failure.
 */
final class FakeSession implements EncodingSession {
  private static final int FINISHING = -1;

  private final Script script;
  private final SessionRequest request;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean cancelled;

  FakeSession(Script script, SessionRequest request) {
    this.script = script;
    this.request = request;
  }

  void open() throws IOException {
    script.call("open");
    Destination destination = destination();
    if (destination != null) {
      destination.start();
      write("<");
    }
    script.call("opened");
  }

  @Override
  public VideoInput video(int number) {
    return new FakeVideo(Objects.checkIndex(number, request.videos().size()));
  }

  private @Nullable Destination destination() {
    return request.outputs().stream()
        .filter(OutputRequest.InContainer.class::isInstance)
        .map(output -> ((OutputRequest.InContainer) output).destination())
        .findFirst()
        .orElse(null);
  }

  private @Nullable PacketListener listener() {
    return request.outputs().stream()
        .filter(OutputRequest.ToListener.class::isInstance)
        .map(output -> ((OutputRequest.ToListener) output).listener())
        .findFirst()
        .orElse(request.packetListener());
  }

  @Override
  public VideoInput renditions(int first, int count) {
    return video(first);
  }

  @Override
  public OutputControl output(int number) {
    return new FakeOutput();
  }

  @Override
  public OutputControl attach(OutputRequest attached) throws IOException {
    script.call("attach");
    return new FakeOutput();
  }

  @Override
  public AudioInput audio(int number) {
    int index = Objects.checkIndex(number, request.audios().size());
    return new FakeAudio(request.videos().size() + index);
  }

  private final class FakeVideo implements VideoInput {
    private final int stream;

    FakeVideo(int stream) {
      this.stream = stream;
    }

    @Override
    public void check(VideoFrame frame) {
      quietly("checkFrame");
    }

    @Override
    public void add(VideoFrame frame) throws IOException {
      script.enclosed(
          stream,
          "addFrame",
          () -> {
            write("f");
            packet(StreamKind.VIDEO, stream);
            frames.incrementAndGet();
          });
    }

    @Override
    public void checkBitRate(long bitsPerSecond) {
      quietly("checkBitRate");
    }

    @Override
    public void setBitRate(long bitsPerSecond) throws IOException {
      script.enclosed(stream, "setBitRate", () -> write("b"));
    }

    @Override
    public void check(DeviceFrames deviceFrames) {
      quietly("checkDeviceFrames");
    }

    @Override
    public void add(DeviceFrames deviceFrames) throws IOException {
      script.enclosed(
          stream,
          "addDeviceFrames",
          () -> {
            write("d");
            frames.addAndGet(deviceFrames.count());
          });
    }

    @Override
    public void end() throws IOException {
      script.enclosed(stream, "end", () -> write("e"));
    }

    @Override
    public void checkEnd(Duration at) {
      quietly("checkEnd");
    }

    @Override
    public void end(Duration at) throws IOException {
      end();
    }
  }

  private final class FakeAudio implements AudioInput {
    private final int stream;

    FakeAudio(int stream) {
      this.stream = stream;
    }

    @Override
    public void check(AudioSamples added) {
      quietly("checkSamples");
    }

    @Override
    public void add(AudioSamples added) throws IOException {
      script.enclosed(
          stream,
          "addSamples",
          () -> {
            write("s");
            packet(StreamKind.AUDIO, stream);
            samples.addAndGet(added.count());
          });
    }

    @Override
    public void end() throws IOException {
      script.enclosed(stream, "end", () -> write("e"));
    }
  }

  @Override
  public PacketWriter packets(int number) {
    return new FakeExtra(request.videos().size() + request.audios().size() + number);
  }

  @Override
  public SubtitleInput subtitle(int number) {
    int before = request.videos().size() + request.audios().size() + request.packets().size();
    return new FakeExtra(before + number);
  }

  /** A stream without an encoder. */
  private final class FakeExtra implements PacketWriter, SubtitleInput {
    private final int stream;

    FakeExtra(int stream) {
      this.stream = stream;
    }

    @Override
    public void check(Packet packet) {
      quietly("checkPacket");
    }

    @Override
    public void add(Packet packet) throws IOException {
      script.enclosed(stream, "addPacket", () -> write("p"));
    }

    @Override
    public void check(Duration start, Duration end, String text) {
      quietly("checkCue");
    }

    @Override
    public void add(Duration start, Duration end, String text) throws IOException {
      script.enclosed(stream, "addCue", () -> write("c"));
    }

    @Override
    public void end() throws IOException {
      script.enclosed(stream, "end", () -> write("e"));
    }
  }

  @Override
  public EncodingResult finish() throws IOException {
    script.enclosed(
        FINISHING,
        "finish",
        () -> {
          write(">");
          complete();
        });
    return result();
  }

  @Override
  public void salvage() throws IOException {
    script.enclosed(
        FINISHING,
        "salvage",
        () -> {
          write("!");
          complete();
        });
  }

  @Override
  public void cancel() {
    cancelled = true;
    quietly("cancel");
  }

  @Override
  public void release() {
    script.release();
  }

  @Override
  public Progress progress() {
    List<StreamProgress> streams = new ArrayList<>();
    for (int i = 0; i < request.videos().size(); i++) {
      streams.add(new StreamProgress(StreamKind.VIDEO, i, frames.get(), 0, Duration.ZERO));
    }
    for (int i = 0; i < request.audios().size(); i++) {
      streams.add(new StreamProgress(StreamKind.AUDIO, i, 0, samples.get(), Duration.ZERO));
    }
    return new Progress(streams, bytes.get());
  }

  private void quietly(String call) {
    try {
      script.call(call);
    } catch (IOException e) {
      throw new AssertionError("a step of " + call + " must not throw IOException", e);
    }
  }

  private void packet(StreamKind kind, int stream) throws IOException {
    PacketListener listener = listener();
    if (listener != null) {
      PacketStreamInfo source =
          PacketStreamInfo.builder(kind, "fake", new TimeBase(1, 1000))
              .index(stream)
              .size(2, 2)
              .audio(8000, 1)
              .build();
      listener.onPacket(new Packet(source, new byte[] {1}, 0, 0, 1, true));
    }
  }

  private void write(String text) throws IOException {
    if (cancelled) {
      throw new CancellationException("the session was canceled");
    }
    Destination destination = destination();
    if (destination != null) {
      destination.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      bytes.addAndGet(text.length());
    }
  }

  private void complete() throws IOException {
    Destination destination = destination();
    if (destination != null) {
      destination.complete();
    }
  }

  private EncodingResult result() {
    List<StreamResult> streams = new ArrayList<>();
    for (int i = 0; i < request.videos().size(); i++) {
      streams.add(stream(StreamKind.VIDEO, i, frames.get(), 0));
    }
    for (int i = 0; i < request.audios().size(); i++) {
      streams.add(stream(StreamKind.AUDIO, request.videos().size() + i, 0, samples.get()));
    }
    return new EncodingResult("fake", streams, bytes.get(), "fake 1.0", List.of(), List.of());
  }

  private static StreamResult stream(StreamKind kind, int index, long frames, long samples) {
    return new StreamResult(
        kind,
        index,
        "fake",
        "fake",
        0,
        0,
        Optional.empty(),
        0,
        frames,
        samples,
        1,
        1,
        Duration.ofSeconds(index + 1));
  }
}
