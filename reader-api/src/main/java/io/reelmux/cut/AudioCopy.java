package io.reelmux.cut;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.StreamInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All audio streams of a file, whose packets are copied beside the video. */
final class AudioCopy implements AutoCloseable {
  private final ByteSource bytes;
  private final MediaReader file;
  private final List<AudioInfo> streams;
  private final Duration start;
  private final Map<StreamInfo, AudioLane> lanes = new HashMap<>();
  private @Nullable PacketCursor cursor;
  private @Nullable Packet next;

  private AudioCopy(ByteSource bytes, MediaReader file, Duration start) {
    this.bytes = bytes;
    this.file = file;
    this.streams = file.info().audios();
    this.start = start;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if it has no audio
   * @throws IOException if it cannot be read
   */
  static AudioCopy open(SourceOpener source) throws IOException {
    ByteSource bytes = source.open();
    MediaReader file = null;
    try {
      file = MediaReader.builder().open(bytes);
      if (file.info().audios().isEmpty()) {
        throw new IllegalArgumentException("audio: " + file + " has no audio");
      }
      return new AudioCopy(bytes, file, Beginnings.of(file));
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      bytes.close();
      throw e;
    }
  }

  /** Adds the streams to the encoder, before it is opened. */
  void addTo(Encoder encoder) throws IOException {
    for (AudioInfo audio : streams) {
      Optional<PacketStreamInfo> packets = audio.facts().packets();
      if (packets.isEmpty()) {
        throw new IllegalArgumentException(
            "audio: the codec of stream "
                + audio.index()
                + " of "
                + file
                + " is not known: encode it");
      }
      lanes.put(audio, new AudioLane(encoder.addPackets(withHeader(audio, packets.get())), start));
    }
    cursor = file.packets(streams.toArray(StreamInfo[]::new));
    read();
  }

  /** MPEG-TS and raw streams have the codec's header in their packets. */
  private PacketStreamInfo withHeader(AudioInfo audio, PacketStreamInfo packets)
      throws IOException {
    if (packets.extradata().hasRemaining()) {
      return packets;
    }
    try (PacketCursor first = file.packets(audio)) {
      return first.next()
          ? packets.toBuilder().firstPacket(ByteBuffer.wrap(first.packet().toByteArray())).build()
          : packets;
    }
  }

  private void read() throws IOException {
    PacketCursor packets = cursor;
    next = packets != null && packets.next() ? packets.packet() : null;
  }

  /** Copies the packets up to a time of the joined video. */
  void copyUntil(Duration time) throws IOException {
    Packet packet = next;
    while (packet != null && cursor != null && packet.time().minus(start).compareTo(time) <= 0) {
      AudioLane lane = lanes.get(cursor.stream());
      if (lane != null) {
        lane.add(packet);
      }
      read();
      packet = next;
    }
  }

  /** Copies what is left. */
  void end() throws IOException {
    copyUntil(Duration.ofSeconds(Long.MAX_VALUE));
    for (AudioLane lane : lanes.values()) {
      lane.end();
    }
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      file.close();
    }
  }
}
