package io.reelmux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Exit codes, output, and the time limit of child JVMs. */
class ChildJvmTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void run_programEnds_returnsExitCodeAndOutput() {
    ChildJvm.Result result =
        ChildJvm.of(Child.class)
            .jvm("-Dgreeting=hello")
            .environment("REELMUX_NAME", "child")
            .with(3)
            .run(LIMIT);

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out().lines()).containsExactly("hello child");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void lines_exitCodeNotZero_fails() {
    ChildJvm.Result result = new ChildJvm.Result(1, "printed", "complained");

    assertThatThrownBy(result::lines)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("printed")
        .hasMessageContaining("complained");
  }

  @Test
  void run_programTakesTooLong_isKilled() {
    assertThat(ChildJvm.of(Child.class).run(Duration.ofMillis(1)).exit()).isEqualTo(-1);
  }

  /** Prints a greeting and exits with its argument, or sleeps if it has none. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
      if (arguments.length == 0) {
        Thread.sleep(LIMIT.toMillis());
      }
      System.out.println(System.getProperty("greeting") + " " + System.getenv("REELMUX_NAME"));
      System.exit(Integer.parseInt(arguments[0]));
    }
  }
}
