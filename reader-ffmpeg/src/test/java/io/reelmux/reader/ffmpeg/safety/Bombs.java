package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.testing.FfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small files, or simple ones, that would cost much. */
final class Bombs {
  private static final int TS_PACKET = 188;
  private static final byte TS_SYNC = 0x47;

  private Bombs() {}

  /** An animated GIF of huge frames, each of a single pixel of data. */
  static byte[] gif(int width, int height, int frames) {
    ByteBuffer out = ByteBuffer.allocate(64 + 40 * frames).order(ByteOrder.LITTLE_ENDIAN);
    out.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) width).putShort((short) height);
    out.put((byte) 0x80).put((byte) 0).put((byte) 0);
    out.put(new byte[] {0, 0, 0, -1, -1, -1});
    for (int i = 0; i < frames; i++) {
      out.put(new byte[] {0x21, (byte) 0xF9, 4, 0, 4, 0, 0, 0});
      out.put((byte) 0x2C).putInt(0).putShort((short) width).putShort((short) height).put((byte) 0);
      out.put(new byte[] {2, 2, 0x4C, 1, 0});
    }
    out.put((byte) 0x3B);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** A PNG of one bit a pixel, all of them 0. */
  static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put(new byte[] {1, 0, 0, 0, 0}).array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      byte[] row = new byte[1 + (width + 7) / 8];
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] data)
      throws IOException {
    CRC32 crc = new CRC32();
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    crc.update(type);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(type);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** A file of one gray H.264 frame, which the installed ffmpeg encodes. */
  static byte[] h264(Path folder, int width, int height) throws Exception {
    Path file = folder.resolve("huge.mp4");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=gray:s=" + width + "x" + height + ":r=25",
        "-frames:v",
        "1",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-threads",
        "1",
        file.toString());
    return Files.readAllBytes(file);
  }

  /** A transport stream whose programs have thousands of streams. */
  static byte[] transportStream(int programs, int streamsEach) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer pat = ByteBuffer.allocate(4 * programs);
    for (int p = 0; p < programs; p++) {
      pat.putShort((short) (p + 1)).putShort((short) (0xE000 | (0x100 + p)));
    }
    section(out, 0, 0x00, 1, pat.array());
    int pid = 0x400;
    for (int p = 0; p < programs; p++) {
      ByteBuffer pmt = ByteBuffer.allocate(4 + 5 * streamsEach);
      pmt.putShort((short) (0xE000 | pid)).putShort((short) 0xF000);
      for (int s = 0; s < streamsEach; s++) {
        pmt.put((byte) 0x1B).putShort((short) (0xE000 | pid++)).putShort((short) 0xF000);
      }
      section(out, 0x100 + p, 0x02, p + 1, pmt.array());
    }
    byte[] tables = out.toByteArray();
    byte[] bytes = new byte[tables.length * 20];
    for (int i = 0; i < 20; i++) {
      System.arraycopy(tables, 0, bytes, i * tables.length, tables.length);
    }
    return bytes;
  }

  private static void section(ByteArrayOutputStream out, int pid, int table, int id, byte[] body) {
    int length = 5 + body.length + 4;
    ByteBuffer section = ByteBuffer.allocate(3 + length);
    section.put((byte) table).putShort((short) (0xB000 | length)).putShort((short) id);
    section.put(new byte[] {(byte) 0xC1, 0, 0}).put(body);
    section.putInt(crc32Mpeg(section.array(), section.position()));
    byte[] bytes = section.array();
    int at = 0;
    for (int counter = 0; at < bytes.length; counter++) {
      byte[] packet = new byte[TS_PACKET];
      Arrays.fill(packet, (byte) 0xFF);
      boolean first = at == 0;
      packet[0] = TS_SYNC;
      packet[1] = (byte) ((first ? 0x40 : 0) | pid >> 8);
      packet[2] = (byte) pid;
      packet[3] = (byte) (0x10 | counter & 15);
      int header = first ? 5 : 4;
      packet[4] = first ? 0 : packet[4];
      int count = Math.min(TS_PACKET - header, bytes.length - at);
      System.arraycopy(bytes, at, packet, header, count);
      at += count;
      out.writeBytes(packet);
    }
  }

  private static int crc32Mpeg(byte[] bytes, int length) {
    int crc = -1;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xFF) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
    }
    return crc;
  }

  /** The header of a WAV file with a number of channels. */
  static byte[] wav(int channels) {
    ByteBuffer out = ByteBuffer.allocate(44 + 65536).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 65536);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) channels).putInt(48_000);
    out.putInt(48_000 * 2 * channels).putShort((short) (2 * channels)).putShort((short) 16);
    return out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(65536).array();
  }

  /** The header of an ID3 tag of 256 MiB, whose frame says that it fills the tag. */
  static byte[] id3() {
    byte[] header = {'I', 'D', '3', 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F};
    byte[] frame = {'T', 'I', 'T', '2', 0x7F, 0x7F, 0x7F, 0x60, 0, 0, 3};
    return ByteBuffer.allocate(header.length + frame.length).put(header).put(frame).array();
  }

  /** An MP4 file whose media data never ends. */
  static byte[] endlessMp4() {
    return ByteBuffer.allocate(40)
        .putInt(24)
        .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
        .putInt(0)
        .put("isommp41".getBytes(StandardCharsets.US_ASCII))
        .putInt(1)
        .put("mdat".getBytes(StandardCharsets.US_ASCII))
        .putLong(1L << 60)
        .array();
  }
}
