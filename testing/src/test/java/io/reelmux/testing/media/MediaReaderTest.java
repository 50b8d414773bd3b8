package io.reelmux.testing.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reads files that are written here byte by byte. */
class MediaReaderTest {

  @Test
  void read_wav_returnsItsSamples() throws IOException {
    Media media = MediaReader.read(wav((short) 0, (short) 16_384, (short) -32_768));

    assertThat(media.format()).isEqualTo("wav");
    assertThat(media.streams()).hasSize(1);
    ReadStream stream = media.audio(0);
    assertThat(stream.codec()).isEqualTo("pcm_s16le");
    assertThat(stream.sampleRate()).isEqualTo(8_000);
    assertThat(stream.samples()).isEqualTo(3);
    assertThat(media.decodedAudio().get(0).channels().get(0)).containsExactly(0, 0.5, -1);
  }

  @Test
  void read_y4m_returnsItsFrames() throws IOException {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    ReadStream stream = MediaReader.read(y4m(pixels, 2)).video(0);

    assertThat(stream.codec()).isEqualTo("rawvideo");
    assertThat(stream.timeBase()).isEqualTo(new Rational(1, 25));
    assertThat(stream.framePts()).containsExactly(0L, 1L);
    assertThat(stream.keyFrames()).containsExactly(0, 1);
    assertThat(stream.length()).isEqualTo(Duration.ofMillis(80));
    assertThat(stream.packets().get(0).payload()).isEqualTo(ByteBuffer.wrap(pixels));
    DecodedFrame frame = stream.frames().get(1);
    assertThat(frame.bytes()).isEqualTo(pixels);
    assertThat(frame.nv12()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12);
    assertThat(frame.value(2, 1, 0)).isEqualTo(12);
  }

  @Test
  void demux_file_doesNotDecode() throws IOException {
    ReadStream stream = MediaReader.demux(wav((short) 1)).audio(0);

    assertThat(stream.packets()).hasSize(1);
    assertThat(stream.audio()).isNull();
  }

  @Test
  void read_notMedia_throws() {
    assertThatThrownBy(() -> MediaReader.read(new byte[1_000]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not open");
  }

  private static byte[] wav(short... samples) {
    int bytes = 2 * samples.length;
    ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    file.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
    for (short sample : samples) {
      file.putShort(sample);
    }
    return file.array();
  }

  /** Frames of 4x2 pixels in 4:2:0. */
  private static byte[] y4m(byte[] pixels, int frames) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(ascii("YUV4MPEG2 W4 H2 F25:1 Ip C420jpeg\n"));
    for (int i = 0; i < frames; i++) {
      file.writeBytes(ascii("FRAME\n"));
      file.writeBytes(pixels);
    }
    return file.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
