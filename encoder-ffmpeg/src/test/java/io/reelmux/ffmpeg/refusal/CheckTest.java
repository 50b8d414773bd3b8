package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.SegmentOptions;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Encoder.check}: what {@code open} would refuse, without touching an output. */
class CheckTest {
  @TempDir private Path folder;

  private static VideoOptions options() {
    return VideoOptions.builder(64, 48, 25).codec("mpeg4").build();
  }

  @Test
  void check_allKindsOfOutputs_touchesNoneAndTheEncoderCanBeOpened() throws IOException {
    Path file = folder.resolve("out.mp4");
    Files.writeString(file, "before");
    Path other = folder.resolve("new.mkv");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    MemoryStore store = new MemoryStore();
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options());

      encoder.check(
          Output.file(file),
          Output.file(other),
          Output.stream(stream, "mpegts"),
          Output.packets(packets::add));

      assertThat(file).hasContent("before");
      assertThat(other).doesNotExist();
      assertThat(stream.size()).isZero();
      assertThat(encoder.outputs()).isEmpty();
      encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.open(Output.file(file), Output.segments(store, segments()));
      video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));
    }
    assertThat(Files.size(file)).isGreaterThan(100);
    assertThat(store.names()).isNotEmpty();
  }

  private static SegmentOptions segments() {
    return SegmentOptions.hls(Duration.ofSeconds(2));
  }

  @Test
  void check_outputThatCannotHoldTheStreams_refusedAndTheEncoderStaysAsItWas() throws IOException {
    Path webm = folder.resolve("out.webm");
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.check(Output.file(webm)))
          .withMessageContaining("webm");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> encoder.check(Output.file(folder.resolve("missing").resolve("out.mp4"))));

      assertThat(webm).doesNotExist();
      encoder.openFile(folder.resolve("out.mp4"));
    }
  }

  @Test
  void check_inTheWrongState_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> encoder.check(Output.file(folder.resolve("a.mp4"))))
          .withMessageContaining("without a stream");
      encoder.addVideo(options());
      encoder.openFile(folder.resolve("b.mp4"));

      assertThatIllegalStateException()
          .isThrownBy(() -> encoder.check(Output.file(folder.resolve("c.mp4"))));
    }
  }
}
