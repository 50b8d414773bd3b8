package io.reelmux.reader.ffmpeg.internal.index;

import io.reelmux.TimeBase;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ffmpeg.internal.demux.StreamIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A frame table as bytes, so that a saved index saves the scan: a version, the identity of the
 * stream, the packets, the packet of each frame, the starts. Numbers are differences to the one
 * before, seven bits per byte.
 */
public final class SavedTable {
  private static final int VERSION = 1;

  /** The fewest bytes of a packet. */
  private static final int MIN_PACKET = 6;

  private SavedTable() {}

  static byte[] write(StreamIdentity identity, PacketTable packets, int[] ordinals, int[] starts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(identity.stream());
      out.writeUTF(identity.codec());
      out.writeInt(identity.width());
      out.writeInt(identity.height());
      out.writeLong(identity.size());
      out.writeLong(identity.head());
      out.writeLong(identity.tail());
      writePackets(out, packets);
      writeRow(out, ordinals);
      writeRow(out, starts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writePackets(DataOutputStream out, PacketTable packets) throws IOException {
    out.writeInt(packets.count());
    PacketTable.Entry last = new PacketTable.Entry(0, 0, 0, 0, 0, (byte) 0);
    for (int i = 0; i < packets.count(); i++) {
      PacketTable.Entry next = packets.entry(i);
      writeLong(out, next.pts() - last.pts());
      writeLong(out, next.dts() - last.dts());
      writeLong(out, next.duration() - last.duration());
      writeLong(out, next.position() - last.position());
      writeLong(out, next.size());
      out.writeByte(next.flags());
      last = next;
    }
  }

  private static void writeRow(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    int last = 0;
    for (int value : values) {
      writeLong(out, value - last);
      last = value;
    }
  }

  private static void writeLong(DataOutputStream out, long value) throws IOException {
    // small numbers of either sign have few bits
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7FL) != 0) {
      out.writeByte((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  /**
   * Restores a table.
   *
   * @param now the stream that is opened
   * @throws IllegalArgumentException if the index is of another stream, or of no file
   */
  public static FrameTable read(FrameIndex index, StreamIdentity now) {
    byte[] bytes = index.packets();
    if (bytes.length == 0) {
      throw new IllegalArgumentException(
          "the index does not say where frames are: give one that VideoReader.index() has"
              + " returned for this stream, without a frameRate");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in, index, now);
    } catch (EOFException e) {
      throw new IllegalArgumentException("the index is damaged: it ends too early", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FrameTable read(DataInputStream in, FrameIndex index, StreamIdentity now)
      throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the index is of version " + version + ": this build reads " + VERSION);
    }
    identity(in, index.timeBase())
        .differenceOf(now)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the index is not of this stream: " + difference + "; make a new one");
            });
    PacketTable packets = readPackets(in);
    int[] ordinals = readRow(in, packets.count());
    int[] starts = readRow(in, packets.count());
    if (ordinals.length != index.count()) {
      throw damaged();
    }
    return FrameTable.restored(index, packets, ordinals, starts);
  }

  private static StreamIdentity identity(DataInputStream in, TimeBase timeBase) throws IOException {
    return new StreamIdentity(
        in.readInt(),
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        timeBase,
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  private static PacketTable readPackets(DataInputStream in) throws IOException {
    PacketTable packets = new PacketTable();
    int count = in.readInt();
    // before memory is allocated for it
    if (count < 0 || (long) count * MIN_PACKET > in.available()) {
      throw damaged();
    }
    PacketTable.Entry last = new PacketTable.Entry(0, 0, 0, 0, 0, (byte) 0);
    for (int i = 0; i < count; i++) {
      last =
          new PacketTable.Entry(
              last.pts() + readLong(in),
              last.dts() + readLong(in),
              last.duration() + readLong(in),
              last.position() + readLong(in),
              (int) readLong(in),
              in.readByte());
      packets.add(last);
    }
    return packets;
  }

  private static int[] readRow(DataInputStream in, int packets) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > packets) {
      throw damaged();
    }
    int[] values = new int[count];
    int last = 0;
    for (int i = 0; i < count; i++) {
      last += (int) readLong(in);
      if (last < 0 || last >= packets) {
        throw damaged();
      }
      values[i] = last;
    }
    return values;
  }

  private static long readLong(DataInputStream in) throws IOException {
    long value = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return (value >>> 1) ^ -(value & 1);
  }

  private static IllegalArgumentException damaged() {
    return new IllegalArgumentException("the index is damaged: its numbers contradict");
  }
}
