package io.reelmux.ffmpeg.internal.av;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogNotesTest {
  private final LogNotes notes = new LogNotes();

  @Test
  void of_message_saysWhoSaysIt() {
    assertThat(notes.of("[wav] Filesize 5 invalid for wav, output file will be broken"))
        .contains("FFmpeg reported: wav: Filesize 5 invalid for wav, output file will be broken");
  }

  @Test
  void of_messagesThatDifferInNumbers_onlyTheFirst() {
    assertThat(notes.of("[vob] buffer underflow st=0 bufi=1 size=2")).isPresent();
    assertThat(notes.of("[vob] buffer underflow st=0 bufi=9 size=7")).isEmpty();
    assertThat(notes.of("[vob] packet too large")).isPresent();
  }

  @Test
  void of_veryManyMessages_isLimited() {
    long count = 0;
    for (char c = 'A'; c <= 'z'; c++) {
      count += notes.of("message " + c).isPresent() ? 1 : 0;
    }

    assertThat(count).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[libopus] No bit rate set. Defaulting to 64000 bps.",
        "[flac] encoding as 24 bits-per-sample",
        "[ipod] Warning, extension is not .m4a nor .m4v Quicktime/Ipod might not play the file"
      })
  void of_harmlessMessage_isEmpty(String line) {
    assertThat(notes.of(line)).isEmpty();
  }
}
