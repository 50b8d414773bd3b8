package io.reelmux.reader.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source may not do, and what it cannot reach. */
class GuardedSourceTest {

  /** What a source does. */
  private interface Read {
    int read(ByteBuffer target);
  }

  private record Source(long size, Read read) implements ByteSource {
    @Override
    public int read(long position, ByteBuffer target) {
      return read.read(target);
    }

    @Override
    public String toString() {
      return "a source";
    }
  }

  private static GuardedSource guarded(ByteSource source) {
    return GuardedSource.own(new Lifecycle(null), source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | returned 0 bytes at position 7: must be at least 1, or -1 at the end",
        "-2 | 0 | returned -2 at position 7: must be -1 at the end",
        "11 | 10 | returned 11 bytes at position 7: must be at most 10",
        "5 | 0 | returned 5 and moved the buffer's position by 0 at position 7: must be both the"
            + " number of bytes read",
        "-1 | 3 | returned -1 and moved the buffer's position by 3 at position 7: must be both the"
            + " number of bytes read"
      })
  void read_sourceMisbehaves_isToldWhat(int returned, int moved, String words) {
    Source source =
        new Source(
            -1,
            target -> {
              target.position(target.position() + moved);
              return returned;
            });

    assertThatThrownBy(() -> guarded(source).read(7, ByteBuffer.allocateDirect(10)))
        .isInstanceOf(IOException.class)
        .hasMessage("the source " + words);
  }

  @Test
  void read_emptyTarget_doesNotAskTheSource() throws Exception {
    Source source =
        new Source(
            -1,
            target -> {
              throw new AssertionError();
            });

    assertThat(guarded(source).read(0, ByteBuffer.allocate(0))).isZero();
  }

  @Test
  void read_nativeTarget_isNeverGivenToTheSource() throws Exception {
    List<ByteBuffer> kept = new ArrayList<>();
    Source source =
        new Source(
            -1,
            target -> {
              kept.add(target);
              target.put((byte) 5);
              return 1;
            });
    ByteBuffer target = ByteBuffer.allocateDirect(200_000).position(3);

    assertThat(guarded(source).read(0, target)).isEqualTo(1);

    assertThat(target.position()).isEqualTo(4);
    assertThat(target.get(3)).isEqualTo((byte) 5);
    assertThat(kept.get(0).isDirect()).isFalse();
    kept.get(0).put(0, (byte) 9);
    assertThat(target.get(3)).isEqualTo((byte) 5);
  }

  @Test
  void size_lessThanUnknown_isRefused() throws Exception {
    assertThat(guarded(new Source(-1, target -> -1)).size()).isEqualTo(-1);
    assertThatThrownBy(() -> guarded(new Source(-2, target -> -1)).size())
        .hasMessage("the source says that its size is -2: must be -1 if it is not known");
    assertThat(guarded(new Source(-2, target -> -1))).hasToString("a source");
  }
}
