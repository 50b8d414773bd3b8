package io.reelmux.ffmpeg.internal.mux;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.EncoderException;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyFrameGateTest {
  private static final int VIDEO = 0;
  private static final int OTHER_VIDEO = 1;
  private static final int AUDIO = 2;

  @BeforeAll
  static void load() throws IOException {
    NativeLibraries.load();
  }

  /** The key frame is shown at 1 s. */
  @Test
  void shut_opensWithAKeyFrame_andWithWhatIsNotShownBeforeIt() throws EncoderException {
    try (StreamParameters parameters = StreamParameters.allocate()) {
      KeyFrameGate gate =
          new KeyFrameGate(
              List.of(
                  stream(StreamKind.VIDEO, 100, parameters),
                  stream(StreamKind.VIDEO, 100, parameters),
                  stream(StreamKind.AUDIO, 1000, parameters)));
      assertThat(admits(gate, VIDEO, 50, false)).as("open").isTrue();

      gate.shut();

      assertThat(admits(gate, AUDIO, 900, true)).isFalse();
      assertThat(admits(gate, VIDEO, 90, false)).isFalse();
      assertThat(admits(gate, OTHER_VIDEO, 100, true)).as("before the first stream").isFalse();
      assertThat(admits(gate, VIDEO, 100, true)).isTrue();
      assertThat(admits(gate, VIDEO, 98, false)).as("shown before the key frame").isFalse();
      assertThat(admits(gate, AUDIO, 999, true)).isFalse();
      assertThat(admits(gate, AUDIO, 1000, true)).isTrue();
      assertThat(admits(gate, OTHER_VIDEO, 104, false)).isFalse();
      assertThat(admits(gate, OTHER_VIDEO, 108, true)).isTrue();
      assertThat(admits(gate, OTHER_VIDEO, 112, false)).isTrue();
    }
  }

  @Test
  void shut_withoutVideo_opensWithAnyPacketOnceThereIsRoom() throws EncoderException {
    try (StreamParameters parameters = StreamParameters.allocate();
        PacketRef packet = PacketRef.allocate()) {
      KeyFrameGate gate = new KeyFrameGate(List.of(stream(StreamKind.AUDIO, 1000, parameters)));
      gate.shut();
      packet.struct().pts(7);

      assertThat(gate.admits(0, packet.struct(), () -> false)).isFalse();
      assertThat(gate.isShut()).isTrue();
      assertThat(gate.admits(0, packet.struct(), () -> true)).isTrue();
      assertThat(gate.isShut()).isFalse();
    }
  }

  private static boolean admits(KeyFrameGate gate, int stream, long pts, boolean key)
      throws EncoderException {
    try (PacketRef packet = PacketRef.allocate()) {
      packet.fill(new byte[0], pts, pts - 10, 1, key);
      return gate.admits(stream, packet.struct(), () -> true);
    }
  }

  private static MuxStream stream(StreamKind kind, int ticks, StreamParameters parameters) {
    return new MuxStream(
        "a stream",
        kind,
        "a codec",
        parameters,
        new TimeBase(1, ticks),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Set.of(),
        new DisplayMatrix(0, false, false),
        Optional.empty(),
        /* mayPause= */ false);
  }
}
