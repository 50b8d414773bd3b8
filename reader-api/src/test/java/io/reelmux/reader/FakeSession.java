package io.reelmux.reader;

import io.reelmux.ChannelLayout;
import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.StreamKind;
import io.reelmux.reader.spi.AudioDecoder;
import io.reelmux.reader.spi.DemuxedPacket;
import io.reelmux.reader.spi.FrameFacts;
import io.reelmux.reader.spi.MediaSession;
import io.reelmux.reader.spi.OpenRequest;
import io.reelmux.reader.spi.PacketDemuxer;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A session over {@link FakeMedia} that checks the rules of the SPI. */
final class FakeSession implements MediaSession {
  private final FakeMedia media;
  private final OpenRequest request;
  private final MediaInfo info;
  private final List<Piece> pieces = new ArrayList<>();
  private final Piece own;
  private volatile boolean canceled;

  FakeSession(FakeMedia media, OpenRequest request) throws IOException {
    this.media = media;
    this.request = request;
    media.call("open " + request.format().orElse("") + request.fileName().orElse(""));
    readSource(0);
    this.info =
        new MediaInfo(
            "fake", Optional.empty(), Optional.empty(), media.streams, Map.of(), List.of());
    this.own = new Piece("session");
  }

  OpenRequest request() {
    return request;
  }

  /** What is released, and whose calls must not overlap. */
  private class Piece {
    private final String name;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean released;

    Piece(String name) {
      this.name = name;
      media.opened();
      synchronized (pieces) {
        pieces.add(this);
      }
    }

    void enter(String call) throws IOException {
      if (inside.incrementAndGet() > 1) {
        media.breach(call + " of " + name + " during another call");
      }
      if (released) {
        media.breach(call + " of " + name + " after its release");
      }
      try {
        if (canceled) {
          throw new CancellationException("canceled");
        }
        media.call(call);
      } catch (IOException | RuntimeException | Error e) {
        leave();
        throw e;
      }
    }

    void leave() {
      inside.decrementAndGet();
    }

    public void release() {
      if (inside.get() > 0) {
        media.breach("release of " + name + " during a call");
      }
      if (released) {
        media.breach(name + " released again");
      }
      released = true;
      media.released();
    }
  }

  /** As a demuxer does, which may not notice that the source has failed. */
  private void readSource(long position) throws IOException {
    request.check().check();
    try {
      if (request.source().isPresent()) {
        request.source().get().read(position, ByteBuffer.allocate(1));
      }
    } catch (IOException e) {
      if (!media.swallow) {
        throw e;
      }
    }
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public VideoDecoder video(int stream, VideoOutput output) throws IOException {
    own.enter("video " + stream);
    try {
      return new Video(output);
    } finally {
      own.leave();
    }
  }

  @Override
  public AudioDecoder audio(int stream, AudioOutput output) throws IOException {
    own.enter("audio " + stream);
    try {
      return new Audio(output);
    } finally {
      own.leave();
    }
  }

  @Override
  public PacketDemuxer packets(int... streams) throws IOException {
    own.enter("packets " + Arrays.toString(streams));
    try {
      return new Packets(streams);
    } finally {
      own.leave();
    }
  }

  @Override
  public void cancel() {
    canceled = true;
  }

  @Override
  public void release() {
    synchronized (pieces) {
      for (Piece piece : pieces) {
        if (piece != own && !piece.released) {
          media.breach("session released before " + piece.name);
        }
      }
    }
    own.release();
  }

  private static ReadReport report(long decoded) {
    return new ReadReport(decoded, 0, 0, 0, false, Optional.empty(), List.of());
  }

  private final class Video extends Piece implements VideoDecoder {
    private final VideoOutput output;
    private int next;
    private boolean keysOnly;
    private long decoded;

    Video(VideoOutput output) {
      super("video");
      this.output = output;
    }

    @Override
    public int width() {
      return media.width;
    }

    @Override
    public int height() {
      return media.height;
    }

    @Override
    public PixelLayout layout() {
      return FakeMedia.layout(output);
    }

    @Override
    public @Nullable String sequentialOnly() {
      return media.sequentialOnly;
    }

    @Override
    public FrameIndex index() throws IOException {
      enter("index");
      try {
        readSource(0);
        return media.index();
      } finally {
        leave();
      }
    }

    @Override
    public FrameFacts frame(int index, ByteBuffer target) throws IOException {
      enter("frame " + index);
      try {
        next = index + 1;
        return decode(index, target);
      } finally {
        leave();
      }
    }

    private FrameFacts decode(int index, ByteBuffer target) throws IOException {
      readSource(index);
      boolean damaged = media.damaged.contains(index);
      if (damaged && output.damage() != Damage.KEEP) {
        throw new DamagedFrameException("video 0", index, null, "it is damaged", List.of());
      }
      if (target.remaining() != layout().frameBytes(width(), height())) {
        media.breach("a target of " + target.remaining() + " bytes");
      }
      for (int i = target.position(); i < target.limit(); i++) {
        target.put(i, (byte) index);
      }
      decoded++;
      boolean last = index + 1 == media.pts.length;
      long duration = (last ? media.end : media.pts[index + 1]) - media.pts[index];
      boolean key = media.keys.contains(index);
      return new FrameFacts(index, media.pts[index], duration, key, damaged, key ? 'I' : 'P');
    }

    @Override
    public @Nullable FrameFacts next(ByteBuffer target) throws IOException {
      enter("next");
      try {
        while (keysOnly && next < media.pts.length && !media.keys.contains(next)) {
          next++;
        }
        if (output.damage() == Damage.SKIP) {
          while (media.damaged.contains(next)) {
            next++;
          }
        }
        return next >= media.pts.length ? null : decode(next++, target);
      } finally {
        leave();
      }
    }

    @Override
    public void position(int index) throws IOException {
      enter("position " + index);
      next = index;
      leave();
    }

    @Override
    public void keyFramesOnly(boolean value) {
      keysOnly = value;
    }

    @Override
    public ReadReport report() {
      return FakeSession.report(decoded);
    }
  }

  private final class Audio extends Piece implements AudioDecoder {
    private final AudioOutput output;
    private long decoded;

    Audio(AudioOutput output) {
      super("audio");
      this.output = output;
    }

    @Override
    public int sampleRate() {
      return output.sampleRate().orElse(media.sampleRate);
    }

    @Override
    public ChannelLayout channels() {
      return output.channels().orElse(ChannelLayout.discrete(media.channels));
    }

    @Override
    public SampleLayout layout() {
      return output.layout().orElse(SampleLayout.S16_PLANAR);
    }

    @Override
    public long startNanos() {
      return media.startNanos;
    }

    @Override
    public long sampleCount() throws IOException {
      enter("sampleCount");
      leave();
      return media.samples;
    }

    @Override
    public int read(long from, int count, ByteBuffer target) throws IOException {
      enter("read " + from + " " + count);
      try {
        readSource(from);
        int read = (int) Math.max(0, Math.min(count, media.samples - from));
        ByteBuffer out = target.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int size = layout().type().bytes();
        int start = target.position();
        for (int c = 0; c < channels().count(); c++) {
          for (int i = 0; i < read; i++) {
            int slot = layout().isPlanar() ? c * count + i : i * channels().count() + c;
            put(out, start + slot * size, 1000 * c + from + i);
          }
        }
        decoded += read;
        return read;
      } finally {
        leave();
      }
    }

    private void put(ByteBuffer out, int at, long value) {
      if (layout().type() == SampleLayout.Type.FLOAT) {
        out.putFloat(at, value);
      } else {
        out.putShort(at, (short) value);
      }
    }

    @Override
    public ReadReport report() {
      return FakeSession.report(decoded);
    }
  }

  private final class Packets extends Piece implements PacketDemuxer {
    private final int[] streams;
    private int next;

    Packets(int[] streams) {
      super("packets");
      this.streams = streams;
    }

    @Override
    public @Nullable DemuxedPacket next() throws IOException {
      enter("packet");
      try {
        readSource(next);
        if (next >= media.pts.length) {
          return null;
        }
        PacketStreamInfo stream =
            PacketStreamInfo.builder(StreamKind.VIDEO, "h264", media.timeBase).size(4, 2).build();
        long pts = media.pts[next];
        Packet packet = new Packet(stream, new byte[] {(byte) next}, pts, pts, 1, false);
        return new DemuxedPacket(streams[next % streams.length], packet, next++ == 0);
      } finally {
        leave();
      }
    }

    @Override
    public void seek(Duration time) throws IOException {
      enter("seek " + time);
      next = 4;
      leave();
    }
  }
}
