package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderExceptionTest {

  @Test
  void message_everythingGiven_containsAll() {
    IllegalStateException cause = new IllegalStateException();

    EncoderException exception =
        new EncoderException(
            "open the encoder libx264",
            "video 0",
            -22,
            "Invalid argument",
            List.of("[libx264] first", "[libx264] second"),
            cause);

    assertThat(exception)
        .isInstanceOf(IOException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "could not open the encoder libx264 (video 0): Invalid argument (code -22)",
                "  [libx264] first",
                "  [libx264] second"))
        .hasCause(cause);
    assertThat(exception.operation()).isEqualTo("open the encoder libx264");
    assertThat(exception.stream()).hasValue("video 0");
    assertThat(exception.errorCode()).isEqualTo(-22);
    assertThat(exception.errorText()).isEqualTo("Invalid argument");
  }

  @Test
  void message_noStreamCodeOrLog_isOneLine() {
    EncoderException exception =
        new EncoderException("load FFmpeg", null, 0, "no native libraries", List.of(), null);

    assertThat(exception).hasMessage("could not load FFmpeg: no native libraries").hasNoCause();
    assertThat(exception.stream()).isEmpty();
  }

  @Test
  void logLines_listChangedAfterwards_doesNotChange() {
    List<String> lines = new ArrayList<>(List.of("one"));
    EncoderException exception = new EncoderException("a", null, 0, "b", lines, null);

    lines.add("two");

    assertThat(exception.logLines()).containsExactly("one");
    assertThatThrownBy(() -> exception.logLines().add("two"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void exception_serialized_roundTrips() throws Exception {
    EncoderException exception =
        new EncoderException("a", "video 0", -5, "b", List.of("line"), null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      EncoderException copy = (EncoderException) in.readObject();

      assertThat(copy).hasMessage(exception.getMessage());
      assertThat(copy.stream()).hasValue("video 0");
      assertThat(copy.logLines()).containsExactly("line");
    }
  }
}
