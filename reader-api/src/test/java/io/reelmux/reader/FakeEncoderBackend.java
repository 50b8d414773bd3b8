package io.reelmux.reader;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.EncodingResult;
import io.reelmux.OutputState;
import io.reelmux.Packet;
import io.reelmux.Progress;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.spi.AudioInput;
import io.reelmux.spi.CatalogSource;
import io.reelmux.spi.Destination;
import io.reelmux.spi.EncoderBackend;
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
import org.jspecify.annotations.Nullable;

/** Records what is encoded, in the order in which it arrives, and writes one byte for all of it. */
public final class FakeEncoderBackend implements EncoderBackend {
  static final List<String> ENCODED = new ArrayList<>();
  private static volatile @Nullable SessionRequest request;
  static volatile FakeMedia.Step onFrame = () -> {};

  /** Returns what was opened last. */
  static SessionRequest request() {
    return Objects.requireNonNull(request);
  }

  /** For the {@link java.util.ServiceLoader}. */
  public FakeEncoderBackend() {}

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public EncoderCatalog catalog() {
    return new EncoderCatalog(new Everything());
  }

  /** Encodes whatever is asked for, except {@code refused}. */
  private record Everything() implements CatalogSource {
    @Override
    public String backend() {
      return "fake 1";
    }

    @Override
    public List<String> containers() {
      return List.of();
    }

    @Override
    public List<EncoderInfo> encoders(StreamKind kind) {
      return List.of();
    }

    @Override
    public Optional<EncoderInfo> encoder(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> unsupportedReason(
        List<VideoOptions> videos, List<AudioOptions> audios, String format) {
      return videos.stream()
          .flatMap(options -> options.codec().stream())
          .filter("refused"::equals)
          .findFirst()
          .map(codec -> "video 0: there is no " + codec);
    }

    @Override
    public List<DeviceInfo> devices() {
      return List.of();
    }

    @Override
    public Optional<String> unavailableReason(Device device) {
      return Optional.empty();
    }
  }

  @Override
  public void check(SessionRequest checked) {}

  @Override
  public EncodingSession open(SessionRequest opened) throws IOException {
    request = opened;
    ENCODED.clear();
    Destination destination = ((OutputRequest.InContainer) opened.outputs().get(0)).destination();
    destination.start();
    destination.write(ByteBuffer.wrap(new byte[1]));
    return new Session(destination);
  }

  private record Session(Destination destination) implements EncodingSession {
    @Override
    public VideoInput video(int number) {
      return new Video(number);
    }

    @Override
    public VideoInput renditions(int first, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutputControl output(int number) {
      return new Unwatched();
    }

    @Override
    public OutputControl attach(OutputRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AudioInput audio(int number) {
      return new Audio(number);
    }

    @Override
    public PacketWriter packets(int number) {
      return new Packets(number);
    }

    @Override
    public SubtitleInput subtitle(int number) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EncodingResult finish() throws IOException {
      destination.complete();
      return new EncodingResult("fake", List.of(), 1, "fake", List.of(), List.of());
    }

    @Override
    public void salvage() {
      ENCODED.add("salvage");
    }

    @Override
    public void cancel() {}

    @Override
    public void release() {}

    @Override
    public Progress progress() {
      return new Progress(List.of(), 0);
    }
  }

  private record Unwatched() implements OutputControl {
    @Override
    public OutputState state() {
      return OutputState.RUNNING;
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.empty();
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public long waiting() {
      return 0;
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public boolean hasThread() {
      return false;
    }

    @Override
    public void finish() {}

    @Override
    public boolean cancel() {
      return false;
    }

    @Override
    public void fail(Throwable failure) {}
  }

  private record Video(int number) implements VideoInput {
    @Override
    public void check(VideoFrame frame) {}

    @Override
    public void add(VideoFrame frame) throws IOException {
      onFrame.run();
      ENCODED.add("v" + number + " " + frame.pts().map(Duration::toMillis).orElse(-1L));
    }

    @Override
    public void check(DeviceFrames frames) {}

    @Override
    public void add(DeviceFrames frames) {}

    @Override
    public void checkBitRate(long bitsPerSecond) {}

    @Override
    public void setBitRate(long bitsPerSecond) {}

    @Override
    public void end() {
      ENCODED.add("v" + number + " end");
    }

    @Override
    public void checkEnd(Duration at) {}

    @Override
    public void end(Duration at) {
      ENCODED.add("v" + number + " end " + at.toMillis());
    }
  }

  private record Audio(int number) implements AudioInput {
    @Override
    public void check(AudioSamples samples) {}

    @Override
    public void add(AudioSamples samples) {
      long time = samples.pts().map(Duration::toMillis).orElse(-1L);
      ENCODED.add("a" + number + " " + time + "+" + samples.count());
    }

    @Override
    public void end() {
      ENCODED.add("a" + number + " end");
    }
  }

  private record Packets(int number) implements PacketWriter {
    @Override
    public void check(Packet packet) {}

    @Override
    public void add(Packet packet) {
      ENCODED.add("p" + number + " " + packet.pts());
    }

    @Override
    public void end() {
      ENCODED.add("p" + number + " end");
    }
  }
}
