package io.reelmux.cut;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.TimeBase;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.VideoInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All audio streams of a file, whose packets are copied beside the video. */
final class AudioCopy implements AutoCloseable {
  private final ByteSource bytes;
  private final MediaReader file;
  private final List<AudioInfo> streams;
  private final Duration start;
  private final Map<StreamInfo, PacketInput> inputs = new HashMap<>();
  private @Nullable PacketCursor cursor;
  private @Nullable Packet next;

  private AudioCopy(ByteSource bytes, MediaReader file) {
    this.bytes = bytes;
    this.file = file;
    this.streams = file.info().audios();
    this.start = start(file);
  }

  static AudioCopy open(SourceOpener source) throws IOException {
    ByteSource bytes = source.open();
    try {
      return new AudioCopy(bytes, MediaReader.builder().open(bytes));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Audio remains with the video of its file; without one, it begins with the joined video. */
  private static Duration start(MediaReader file) {
    return file.info().videos().stream()
        .findFirst()
        .map(VideoInfo::facts)
        .flatMap(facts -> facts.start())
        .or(file.info()::start)
        .orElse(Duration.ZERO);
  }

  /** Adds the streams to the encoder, before it is opened. */
  void addTo(Encoder encoder) throws IOException {
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("audio: " + file + " has no audio");
    }
    for (AudioInfo audio : streams) {
      inputs.put(
          audio,
          encoder.addPackets(
              audio
                  .facts()
                  .packets()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "audio: the codec of stream "
                                  + audio.index()
                                  + " of "
                                  + file
                                  + " is not known: encode it"))));
    }
    cursor = file.packets(streams.toArray(StreamInfo[]::new));
    read();
  }

  private void read() throws IOException {
    PacketCursor packets = cursor;
    next = packets != null && packets.next() ? packets.packet() : null;
  }

  /** Copies the packets up to a time of the joined video. */
  void copyUntil(Duration time) throws IOException {
    Packet packet = next;
    while (packet != null && cursor != null && packet.time().minus(start).compareTo(time) <= 0) {
      PacketInput input = inputs.get(cursor.stream());
      TimeBase unit = packet.stream().timeBase();
      long shift = unit.toTicks(start);
      if (input != null) {
        input.add(packet.withTimes(packet.pts() - shift, packet.dts() - shift));
      }
      read();
      packet = next;
    }
  }

  /** Copies what is left. */
  void end() throws IOException {
    copyUntil(Duration.ofSeconds(Long.MAX_VALUE));
    for (PacketInput input : inputs.values()) {
      input.end();
    }
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      file.close();
    }
  }
}
