package io.reelmux.ffmpeg.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file held before is there until something is written over it. */
class OldFileTest {
  private static final String OLD = "precious";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("a.mkv");
  }

  private void fill(String container) throws IOException {
    file = Files.writeString(directory.resolve("a." + container), OLD);
  }

  /** An encoder that encodes RGB, whose pixel format does not hold Y'CbCr. */
  private static VideoStream lossless(Encoder encoder) {
    return encoder.addVideo(
        VideoOptions.builder(64, 48, 25).codec("libvpx-vp9").quality(Quality.LOSSLESS).build());
  }

  private static VideoFrame i420() {
    return VideoFrame.of(PixelLayout.I420, 64, 48, new byte[64 * 48 * 3 / 2]);
  }

  private static VideoFrame noise(int seed) {
    byte[] bytes = new byte[64 * 48 * 3];
    new Random(seed).nextBytes(bytes);
    return VideoFrame.of(PixelLayout.RGB24, 64, 48, bytes);
  }

  @ParameterizedTest
  @CsvSource({"mkv, close", "mkv, cancel", "mp4, close", "mp4, cancel", "webm, close"})
  void addFrame_firstFrameIsRefused_theOldFileRemains(String container, String end)
      throws IOException {
    fill(container);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = lossless(encoder);
      encoder.openFile(file);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(i420()))
          .withMessageContaining("quality LOSSLESS");

      assertThat(file).hasContent(OLD);
      if (end.equals("cancel")) {
        encoder.cancel();
      }
    }
    assertThat(file).hasContent(OLD);
  }

  @Test
  void addFrame_severalOutputs_everyOldFileRemains() throws IOException {
    fill("mkv");
    Path other = Files.writeString(directory.resolve("b.mp4"), OLD);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = lossless(encoder);
      encoder.open(
          Output.file(file), Output.file(other), Output.stream(new ByteArrayOutputStream(), "mkv"));

      assertThatIllegalArgumentException().isThrownBy(() -> video.addFrame(i420()));
    }
    assertThat(file).hasContent(OLD);
    assertThat(other).hasContent(OLD);
  }

  private void refused(Consumer<Encoder> streams, Consumer<Encoder> add) throws IOException {
    fill("mkv");
    try (Encoder encoder = Encoder.create()) {
      streams.accept(encoder);
      encoder.openFile(file);
      add.accept(encoder);
    }
    assertThat(file).hasContent(OLD);
  }

  @Test
  void add_anyOtherFirstRefusal_theOldFileRemains() throws IOException {
    VideoStream[] video = new VideoStream[1];
    refused(
        encoder -> video[0] = lossless(encoder),
        encoder ->
            assertThatIllegalArgumentException()
                .isThrownBy(
                    () ->
                        video[0].addFrame(VideoFrame.of(PixelLayout.GRAY8, 32, 32, new byte[1024])))
                .withMessageContaining("the stream accepts"));
    AudioStream[] audio = new AudioStream[1];
    refused(
        encoder -> audio[0] = encoder.addAudio(AudioOptions.of(48_000, 2)),
        encoder ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> audio[0].addSamples(new float[1][10]))
                .withMessageContaining("the stream requires 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4"})
  void addFrame_goesOnAfterARefusal_theFileIsReplaced(String container) throws IOException {
    fill(container);
    Files.write(file, new byte[1 << 20]);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = lossless(encoder);
      encoder.openFile(file);
      assertThatIllegalArgumentException().isThrownBy(() -> video.addFrame(i420()));
      for (int i = 0; i < 12; i++) {
        video.addFrame(noise(i));
      }
      assertThatThrownBy(() -> video.addFrame(i420())).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(MediaReader.read(file).video(0).checksums()).hasSize(12);
    assertThat(Files.size(file)).as("nothing of the old file is left").isLessThan(1 << 19);
  }

  /** The caller may have failed to load the first frame. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm"})
  void close_nothingAdded_theOldFileRemains(String container) throws IOException {
    fill(container);
    try (Encoder encoder = Encoder.create()) {
      lossless(encoder);
      encoder.openFile(file);
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains(OLD);
  }

  /** It is what was asked for. */
  @Test
  void finish_nothingAdded_replacesTheFile() throws IOException {
    fill("mkv");
    try (Encoder encoder = Encoder.create()) {
      lossless(encoder);
      encoder.openFile(file);
      encoder.finish();
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(OLD);
  }

  @Test
  void cancel_onceFramesAreWritten_deletesTheFile() throws IOException {
    fill("ts");
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(64, 48, 25).codec("mpeg2video").build());
      encoder.openFile(file);
      for (int i = 0; i < 60; i++) {
        video.addFrame(noise(i));
      }
      assertThat(Files.size(file)).isGreaterThan(OLD.length());
      encoder.cancel();
    }
    assertThat(file).doesNotExist();
  }
}
