package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.spi.Orientation;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rotation of packets, as a number and as a display matrix. */
class PacketRotationTest {
  private static final TimeBase TICK = new TimeBase(1, 25);

  private static PacketStreamInfo.Builder video() {
    return PacketStreamInfo.builder(StreamKind.VIDEO, "h264", TICK).size(64, 48);
  }

  private static ByteBuffer matrix(Orientation orientation) {
    return ByteBuffer.wrap(orientation.matrixBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 90, 180, 270})
  void matrix_ofEachOrientation_isReadAsIt(int degrees) {
    for (boolean flipped : new boolean[] {false, true}) {
      Orientation orientation = new Orientation(degrees, flipped);

      assertThat(Orientation.of(orientation.matrixBytes())).isEqualTo(orientation);
    }
  }

  @Test
  void rotation_replacesThatOfTheDescription_andKeepsTheMirroring() {
    PacketStreamInfo turned =
        video().sideData(SideDataType.DISPLAYMATRIX, matrix(new Orientation(90, true))).build();
    assertThat(turned.rotation()).isEqualTo(90);

    PacketStreamInfo changed = turned.toBuilder().rotation(270).build();

    assertThat(changed.rotation()).isEqualTo(270);
    ByteBuffer stored = changed.sideData().get(SideDataType.DISPLAYMATRIX);
    assertThat(stored).isEqualTo(matrix(new Orientation(270, true)));
    assertThat(changed.toBuilder().build().rotation()).isEqualTo(270);
    assertThat(turned.rotation()).as("of another description").isEqualTo(90);
    assertThat(video().build().rotation()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 45, 360})
  void rotation_betweenTheRightAngles_isRefused(int degrees) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> video().rotation(degrees))
        .withMessage("rotation " + degrees + ": must be 0, 90, 180 or 270 degrees");
  }

  @Test
  void rotation_withADisplayMatrixOrOfAudio_isRefused() {
    PacketStreamInfo.Builder both =
        video()
            .rotation(90)
            .sideData(SideDataType.DISPLAYMATRIX, matrix(new Orientation(180, false)));
    assertThatIllegalArgumentException()
        .isThrownBy(both::build)
        .withMessageContaining("rotation and the side data DISPLAYMATRIX both set");

    PacketStreamInfo.Builder audio =
        PacketStreamInfo.builder(StreamKind.AUDIO, "aac", TICK).audio(48_000, 2).rotation(90);
    assertThat(audio.kind()).isEqualTo(StreamKind.AUDIO);
    assertThatIllegalArgumentException()
        .isThrownBy(audio::build)
        .withMessage(
            "rotation 90: the stream is one of AUDIO; set it of video, which kind() tells");
  }
}
