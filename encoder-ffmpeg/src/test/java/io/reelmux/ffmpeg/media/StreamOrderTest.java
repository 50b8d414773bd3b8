package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Packet;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several video and audio streams in one container: stream order and packet order. */
class StreamOrderTest {
  private static final int RATE = 48_000;
  private static final int SECONDS = 3;

  /** The order in which the streams are fed. */
  enum Feeding {
    VIDEO_FIRST,
    AUDIO_FIRST,
    INTERLEAVED,
    BACKWARDS
  }

  /** Streams that can be distinguished: widths 64 and 96, one and two channels. */
  private static final class Four {
    private final AudioStream mono;
    private final VideoStream small;
    private final AudioStream stereo;
    private final VideoStream large;

    Four(Encoder encoder) {
      mono = encoder.addAudio(AudioOptions.of(RATE, 1));
      small = encoder.addVideo(VideoOptions.of(64, 48, 25));
      stereo = encoder.addAudio(AudioOptions.of(RATE, 2));
      large = encoder.addVideo(VideoOptions.of(96, 64, 10));
    }

    void feed(Feeding feeding) throws IOException {
      switch (feeding) {
        case VIDEO_FIRST -> {
          addFrames(small, 64, 48, 0, 25 * SECONDS);
          addFrames(large, 96, 64, 0, 10 * SECONDS);
          addSamples(mono, 1, SECONDS);
          addSamples(stereo, 2, SECONDS);
        }
        case AUDIO_FIRST -> {
          addSamples(mono, 1, SECONDS);
          addSamples(stereo, 2, SECONDS);
          addFrames(small, 64, 48, 0, 25 * SECONDS);
          addFrames(large, 96, 64, 0, 10 * SECONDS);
        }
        case BACKWARDS -> {
          addFrames(large, 96, 64, 0, 10 * SECONDS);
          large.end();
          addSamples(stereo, 2, SECONDS);
          stereo.end();
          addFrames(small, 64, 48, 0, 25 * SECONDS);
          addSamples(mono, 1, SECONDS);
        }
        case INTERLEAVED -> {
          for (int second = 0; second < SECONDS; second++) {
            addFrames(small, 64, 48, 25 * second, 25 * second + 25);
            addSamples(stereo, 2, 1);
            addFrames(large, 96, 64, 10 * second, 10 * second + 10);
            addSamples(mono, 1, 1);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "ts", "avi", "webm", "nut"})
  void addStreams_mixedKinds_videoComesFirstInOrderAdded(String container) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();

    EncodingResult result = encode(Feeding.INTERLEAVED, output, container);

    List<ReadStream> streams = MediaReader.read(output.toByteArray()).streams();
    assertThat(streams).extracting(ReadStream::video).containsExactly(true, true, false, false);
    assertThat(streams).extracting(ReadStream::width).startsWith(64, 96);
    assertThat(streams.subList(2, 4)).extracting(ReadStream::channels).containsExactly(1, 2);
    assertThat(result.streams())
        .extracting(StreamResult::kind)
        .containsExactly(StreamKind.VIDEO, StreamKind.VIDEO, StreamKind.AUDIO, StreamKind.AUDIO);
    assertThat(result.streams()).extracting(StreamResult::framesIn).startsWith(75L, 30L);
    assertThat(result.streams()).extracting(StreamResult::index).containsExactly(0, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "ts", "avi", "webm"})
  void add_anyOrder_keepsAllFramesAndDurations(String container) throws IOException {
    for (Feeding feeding : Feeding.values()) {
      ByteArrayOutput output = new ByteArrayOutput();

      EncodingResult result = encode(feeding, output, container);

      Media media = MediaReader.read(output.toByteArray());
      assertThat(media.video(0).frames()).as("%s", feeding).hasSize(25 * SECONDS);
      assertThat(media.video(1).frames()).as("%s", feeding).hasSize(10 * SECONDS);
      for (int i = 0; i < 2; i++) {
        assertThat(media.audio(i).samples())
            .as("%s, audio %d", feeding, i)
            .isBetween(SECONDS * RATE - 100L, SECONDS * RATE + 3_000L);
      }
      assertThat(result.streams())
          .extracting(StreamResult::duration)
          .containsOnly(Duration.ofSeconds(SECONDS));
    }
  }

  @Test
  void add_anyOrder_packetsAreSortedByDts() throws IOException {
    for (Feeding feeding : Feeding.values()) {
      List<Packet> packets = new ArrayList<>();
      try (Encoder encoder = Encoder.create()) {
        Four streams = new Four(encoder);
        encoder.openPackets(packets::add);
        streams.feed(feeding);
      }

      List<Duration> decoded =
          packets.stream()
              .map(packet -> packet.stream().timeBase().toDuration(packet.dts()))
              .toList();
      assertThat(decoded).as("%s", feeding).isSorted();
      assertThat(packets.stream().map(packet -> packet.stream().index()).distinct()).hasSize(4);
    }
  }

  private static EncodingResult encode(Feeding feeding, ByteArrayOutput output, String container)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      Four streams = new Four(encoder);
      encoder.openFileLike(output, container);
      streams.feed(feeding);
      return encoder.finish();
    }
  }

  private static void addFrames(VideoStream stream, int width, int height, int from, int to)
      throws IOException {
    for (int i = from; i < to; i++) {
      stream.addFrame(Fixtures.rgb24(width, height, Fixtures.moving(width, height, i)));
    }
  }

  private static void addSamples(AudioStream stream, int channels, int seconds) throws IOException {
    stream.addSamples(Fixtures.sine(RATE, channels, seconds * RATE));
  }
}
