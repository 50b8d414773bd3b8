package io.reelmux.reader;

import io.reelmux.TimeBase;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file format of a {@link FrameIndex}, big-endian: the letters RMXI, a version, the time base
 * as two integers, the basis, the number of frames, the end, the number of the backend's bytes,
 * then for each frame its time and whether it is a key frame, then the backend's bytes, at last a
 * CRC-32 of all that.
 */
final class IndexFile {
  private static final int MAGIC = 0x524D5849;
  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 4 + 4 + 8 + 1 + 4 + 8 + 4;
  private static final int FRAME_BYTES = 8 + 1;
  private static final int CHECKSUM_BYTES = 8;

  private IndexFile() {}

  static void write(FrameIndex index, Path path) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(path)), new CRC32());
    try (DataOutputStream out = new DataOutputStream(checked)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(index.timeBase().numerator());
      out.writeInt(index.timeBase().denominator());
      out.writeByte(index.basis() == FrameIndex.Basis.SCAN ? 0 : 1);
      out.writeInt(index.count());
      out.writeLong(index.endPts());
      byte[] packets = index.packets();
      out.writeInt(packets.length);
      for (int i = 0; i < index.count(); i++) {
        out.writeLong(index.pts(i));
        out.writeBoolean(index.isKey(i));
      }
      out.write(packets);
      out.writeLong(checked.getChecksum().getValue());
    }
  }

  static FrameIndex read(Path path) throws IOException {
    long size = Files.size(path);
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(path)), new CRC32());
    try (DataInputStream in = new DataInputStream(checked)) {
      return read(in, checked, path, size);
    } catch (EOFException e) {
      throw new IOException(path + " is damaged: it ends too early", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + " is damaged: " + e.getMessage(), e);
    }
  }

  private static FrameIndex read(
      DataInputStream in, CheckedInputStream checked, Path path, long size) throws IOException {
    if (size < Integer.BYTES || in.readInt() != MAGIC) {
      throw new IOException(path + " is not a frame index");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          path + " is a frame index of version " + version + ": this build reads " + VERSION);
    }
    TimeBase timeBase = new TimeBase(in.readInt(), in.readInt());
    FrameIndex.Basis basis = in.readByte() == 0 ? FrameIndex.Basis.SCAN : FrameIndex.Basis.DECODED;
    int count = in.readInt();
    long end = in.readLong();
    int packetBytes = in.readInt();
    // before memory is allocated for it
    long expected = HEAD_BYTES + (long) count * FRAME_BYTES + packetBytes + CHECKSUM_BYTES;
    if (count < 0 || packetBytes < 0 || size != expected) {
      throw new IOException(
          path + " is damaged: it has " + size + " bytes, " + count + " frames have " + expected);
    }
    long[] pts = new long[count];
    boolean[] keys = new boolean[count];
    for (int i = 0; i < count; i++) {
      pts[i] = in.readLong();
      keys[i] = in.readBoolean();
    }
    byte[] packets = in.readNBytes(packetBytes);
    long checksum = checked.getChecksum().getValue();
    if (in.readLong() != checksum) {
      throw new IOException(path + " is damaged: its checksum is wrong");
    }
    return new FrameIndex(timeBase, pts, end, keys, basis, packets);
  }
}
