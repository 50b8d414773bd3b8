package io.reelmux.cut;

import io.reelmux.FrameRate;
import io.reelmux.Packet;
import io.reelmux.PacketStreamInfo;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.VideoInfo;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * A chunk that has been read and is what its result says.
 *
 * @param result what was encoded
 * @param source its bytes
 * @param stream the description of its stream
 * @param form what it must have in common with all other chunks
 * @param order which packet is which frame
 * @param packets the SHA-256 sum of all packets' data
 */
record ChunkFile(
    ChunkResult result,
    SourceOpener source,
    PacketStreamInfo stream,
    Map<String, String> form,
    FrameOrder order,
    String packets) {

  /** Receives packets. */
  interface PacketTarget {
    void add(Packet packet) throws IOException;
  }

  /**
   * Reads a chunk and checks it by itself.
   *
   * @param rate of the video
   * @throws CutException if it is not what its result says
   * @throws IOException if it cannot be read
   */
  static ChunkFile check(ChunkResult result, SourceOpener source, FrameRate rate)
      throws IOException {
    try (ByteSource bytes = source.open()) {
      long size = bytes.size();
      if (size >= 0 && size != result.bytes()) {
        throw new CutException(
            result.chunk(),
            result.location() + " has " + size + " bytes instead of " + result.bytes());
      }
      String sum = Sha256.of(bytes);
      if (!sum.equals(result.sha256())) {
        throw new CutException(
            result.chunk(), Sha256.difference(result.location(), sum, result.sha256()));
      }
      try (MediaReader file = MediaReader.builder().open(bytes)) {
        return check(result, source, file, rate);
      }
    }
  }

  private static ChunkFile check(
      ChunkResult result, SourceOpener source, MediaReader file, FrameRate rate)
      throws IOException {
    VideoInfo video = video(result.chunk(), file);
    int expected = Math.toIntExact(result.chunk().frames());
    long[] pts = new long[expected];
    long firstDts = 0;
    int count = 0;
    MessageDigest sum = Sha256.digest();
    PacketStreamInfo stream;
    try (PacketCursor cursor = file.packets(video)) {
      while (cursor.next()) {
        Packet packet = cursor.packet();
        if (count == 0) {
          firstDts = packet.dts();
          requireKeyFrame(result.chunk(), packet);
        }
        if (count < expected) {
          pts[count] = packet.pts();
        }
        sum.update(packet.data());
        count++;
      }
    }
    if (count != expected) {
      throw new CutException(
          result.chunk(), result.location() + " has " + count + " packets instead of " + expected);
    }
    stream = video.facts().packets().orElseThrow();
    FrameOrder order = new FrameOrder(stream.timeBase(), pts, firstDts);
    Optional<String> irregular = order.irregular(rate);
    if (irregular.isPresent()) {
      throw new CutException(result.chunk(), result.location() + ": " + irregular.get());
    }
    return new ChunkFile(result, source, stream, Forms.of(video, stream), order, Sha256.hex(sum));
  }

  private static VideoInfo video(Chunk chunk, MediaReader file) throws CutException {
    boolean single = file.info().streams().size() == 1 && file.info().videos().size() == 1;
    if (!single || file.info().videos().get(0).facts().packets().isEmpty()) {
      throw new CutException(chunk, "a chunk has one stream of video, this is " + file);
    }
    return file.info().videos().get(0);
  }

  private static void requireKeyFrame(Chunk chunk, Packet first) throws CutException {
    if (!first.keyFrame()) {
      throw new CutException(chunk, "its first packet is not a key frame");
    }
  }

  /**
   * Reads all packets, in the order of decoding.
   *
   * @throws CutException at the end, if they are not those that were checked
   */
  void forEach(PacketTarget target) throws IOException {
    MessageDigest sum = Sha256.digest();
    try (ByteSource bytes = source.open();
        MediaReader file = MediaReader.builder().open(bytes);
        PacketCursor cursor = file.packets(video(result.chunk(), file))) {
      while (cursor.next()) {
        sum.update(cursor.packet().data());
        target.add(cursor.packet());
      }
    }
    String now = Sha256.hex(sum);
    if (!now.equals(packets)) {
      throw new CutException(
          result.chunk(),
          result.location()
              + " has changed since it was checked: the SHA-256 sum of its packets is "
              + now
              + " instead of "
              + packets);
    }
  }
}
