package io.reelmux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteArrayOutputTest {
  private final ByteArrayOutput out = new ByteArrayOutput();

  @Test
  void write_manyPieces_keepsAllBytes() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] piece = new byte[random.nextInt(500)];
      random.nextBytes(piece);
      expected.write(piece);
      out.write(piece);
      expected.write(i);
      out.write(i);
    }

    assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(out.size()).isEqualTo(expected.size());
    assertThat(out.position()).isEqualTo(expected.size());
  }

  @Test
  void seek_back_overwritesWithoutTruncating() throws IOException {
    out.write("abcdef".getBytes(US_ASCII));

    out.seek(1);
    out.write("XY".getBytes(US_ASCII));

    assertThat(Fixtures.text(out)).isEqualTo("aXYdef");
    assertThat(out.position()).isEqualTo(3);
    assertThat(out.size()).isEqualTo(6);
  }

  @Test
  void seek_beyondTheEnd_zeroFillsOnTheNextWrite() throws IOException {
    out.write('a');

    out.seek(100);
    assertThat(out.size()).isEqualTo(1);
    out.write(new byte[0]);
    assertThat(out.size()).as("nothing was written").isEqualTo(1);
    out.write('b');

    byte[] expected = new byte[101];
    expected[0] = 'a';
    expected[100] = 'b';
    assertThat(out.toByteArray()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Integer.MAX_VALUE - 7L, 1L << 40, Long.MIN_VALUE})
  void seek_outOfRange_throws(long position) throws IOException {
    out.write('a');

    assertThatThrownBy(() -> out.seek(position))
        .isInstanceOf(IOException.class)
        .hasMessage("position " + position + ": must be from 0 to 2147483639");
    assertThat(out.position()).isEqualTo(1);
  }

  @Test
  void write_beyondTwoGigabytes_throwsAndKeepsTheRest() throws IOException {
    out.write('a');
    out.seek(Integer.MAX_VALUE - 8);

    assertThatThrownBy(() -> out.write(1))
        .isInstanceOf(IOException.class)
        .hasMessage("a ByteArrayOutput holds at most 2147483639 bytes");
    assertThatThrownBy(() -> out.write(new byte[2])).isInstanceOf(IOException.class);
    assertThat(out.toByteArray()).containsExactly('a');
  }

  @Test
  void write_wrongRange_throws() {
    assertThatThrownBy(() -> out.write(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out.size()).isZero();
  }

  @Test
  void asByteBuffer_bytes_isAReadOnlyView() throws IOException {
    out.write("abc".getBytes(US_ASCII));

    ByteBuffer view = out.asByteBuffer();

    assertThat(view.isReadOnly()).isTrue();
    assertThat(view.remaining()).isEqualTo(3);
    assertThat(view.capacity()).isEqualTo(3);
    assertThat(view.get(2)).isEqualTo((byte) 'c');
  }

  @Test
  void toByteArray_changed_doesNotAffectTheOutput() throws IOException {
    out.write("abc".getBytes(US_ASCII));

    out.toByteArray()[0] = 'X';

    assertThat(Fixtures.text(out)).isEqualTo("abc");
  }

  @Test
  void writeTo_stream_writesAllAndLeavesItOpen() throws IOException {
    ScriptedOutput target = new ScriptedOutput();
    out.write("abc".getBytes(US_ASCII));
    out.seek(1);

    out.writeTo(target);

    assertThat(target).hasToString("abc");
    assertThat(target.script.count("close")).isZero();
  }

  @Test
  void close_output_remainsReadable() throws IOException {
    out.write('a');

    out.close();

    assertThat(Fixtures.text(out)).isEqualTo("a");
  }

  @Test
  void read_fromThePosition_returnsWhatWasWritten() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    output.write(new byte[] {1, 2, 3, 4});
    output.seek(1);
    byte[] target = new byte[5];

    assertThat(output.readable()).isTrue();
    assertThat(output.read(target, 1, 2)).isEqualTo(2);
    assertThat(output.position()).isEqualTo(3);
    assertThat(output.read(target, 3, 2)).isEqualTo(1);
    assertThat(target).containsExactly(0, 2, 3, 4, 0);
    assertThat(output.read(target, 0, 5)).isEqualTo(-1);
    assertThat(output).hasToString("ByteArrayOutput[4 bytes]");
  }
}
