package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What receivers of an MPEG transport stream require of it. */
class TransportStreamTest {
  private static final int PACKET = 188;
  private static final int TICKS_PER_SECOND = 90_000;

  /** A receiver sets its clock by the PCR, and drops frames that arrive after it. */
  @Test
  void openFile_ts_packetsPrecedeTheirDecodingTimeBy700Milliseconds() throws IOException {
    byte[] ts = encode();
    long pcr = -1;
    int checked = 0;
    for (int at = 0; at + PACKET <= ts.length; at += PACKET) {
      pcr = hasPcr(ts, at) ? base(ts, at + 6) : pcr;
      int pes = pes(ts, at);
      if (pes > 0 && pcr >= 0) {
        assertThat(decodingTime(ts, pes) - pcr).isGreaterThanOrEqualTo(TICKS_PER_SECOND * 7L / 10);
        checked++;
      }
    }

    assertThat(checked).isEqualTo(50);
  }

  private static byte[] encode() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, 25));
      encoder.openFileLike(output, "ts");
      for (int n = 0; n < 50; n++) {
        video.addFrame(VideoFrame.of(PixelLayout.RGB24, 64, 48, Fixtures.moving(64, 48, n)));
      }
    }
    return output.toByteArray();
  }

  private static boolean hasPcr(byte[] ts, int at) {
    boolean adaptation = (ts[at + 3] & 0x20) != 0 && ts[at + 4] != 0;
    return adaptation && (ts[at + 5] & 0x10) != 0;
  }

  /** The upper 33 bits of a PCR, in 1/90000 s. */
  private static long base(byte[] ts, int at) {
    return (ts[at] & 255L) << 25
        | (ts[at + 1] & 255) << 17
        | (ts[at + 2] & 255) << 9
        | (ts[at + 3] & 255) << 1
        | (ts[at + 4] & 255) >> 7;
  }

  /** Where a video packet begins in this transport packet; 0 if none does. */
  private static int pes(byte[] ts, int at) {
    int payload = at + 4 + ((ts[at + 3] & 0x20) != 0 ? 1 + (ts[at + 4] & 255) : 0);
    boolean start = (ts[at + 1] & 0x40) != 0 && payload + 19 < at + PACKET;
    boolean video =
        start
            && ts[payload] == 0
            && ts[payload + 1] == 0
            && ts[payload + 2] == 1
            && (ts[payload + 3] & 0xf0) == 0xe0;
    return video ? payload : 0;
  }

  /** The DTS if there is one, else the PTS. */
  private static long decodingTime(byte[] ts, int pes) {
    int at = (ts[pes + 7] & 0xc0) == 0xc0 ? pes + 14 : pes + 9;
    return (ts[at] >> 1 & 7L) << 30
        | (ts[at + 1] & 255) << 22
        | (ts[at + 2] & 255) >> 1 << 15
        | (ts[at + 3] & 255) << 7
        | (ts[at + 4] & 255) >> 1;
  }
}
