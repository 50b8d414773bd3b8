package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ChannelLayout;
import io.reelmux.Fit;
import io.reelmux.FrameRate;
import io.reelmux.LibraryException;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What values say of themselves. */
class ReaderValuesTest {

  @Test
  void toString_outputs_nameWhatDiffersFromTheDefault() {
    assertThat(VideoOutput.of(PixelLayout.RGB24)).hasToString("RGB24");
    assertThat(
            VideoOutput.source()
                .keepRotation()
                .filter("yadif")
                .crop(2, 4, 10, 12)
                .size(5, 6, Fit.COVER)
                .frameRate(FrameRate.of(30_000, 1001))
                .conversion(Conversion.FAST)
                .toSdr(ToneMap.CLIP)
                .damage(Damage.KEEP)
                .threads(3))
        .hasToString(
            "the decoder's layout, rotation kept, filter yadif, crop 10x12 at 2,4, size 5x6 COVER,"
                + " frameRate 30000/1001, conversion FAST, toSdr CLIP, damage KEEP, threads 3");
    assertThat(AudioOutput.source()).hasToString("the decoder's layout");
    assertThat(
            AudioOutput.of(SampleLayout.FLOAT_PLANAR)
                .sampleRate(16_000)
                .channels(ChannelLayout.MONO)
                .keepPriming()
                .damage(Damage.FAIL))
        .hasToString("FLOAT_PLANAR, 16000 Hz, mono, priming kept, damage FAIL");
  }

  @Test
  void exceptions_ofTheReader_areLibraryExceptions() {
    ReaderException exception =
        new ReaderException("open the file", "video 0", -22, "Invalid", List.of("[mov] no"), null);

    assertThat(exception)
        .isInstanceOf(LibraryException.class)
        .hasMessage(
            "could not open the file (video 0): Invalid (code -22)"
                + System.lineSeparator()
                + "  [mov] no");
    assertThat(exception.operation()).isEqualTo("open the file");
    assertThat(exception.stream()).hasValue("video 0");
    assertThat(exception.errorCode()).isEqualTo(-22);
    assertThat(exception.errorText()).isEqualTo("Invalid");
    assertThat(exception.logLines()).containsExactly("[mov] no");
  }

  @Test
  void exceptions_serialized_roundTrip() throws Exception {
    DamagedFrameException damaged =
        new DamagedFrameException("video 0", 4, Duration.ofSeconds(2), "bad", List.of("line"));
    LimitException limit = new LimitException("open", null, "maxPixels", "too large");

    DamagedFrameException copy = (DamagedFrameException) copy(damaged);

    assertThat(copy).hasMessage(damaged.getMessage());
    assertThat(copy.index()).isEqualTo(4);
    assertThat(copy.time()).hasValue(Duration.ofSeconds(2));
    assertThat(((LimitException) copy(limit)).limit()).isEqualTo("maxPixels");
  }

  private static Object copy(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
