package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ChannelLayout;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.cut.AudioSource;
import io.reelmux.cut.CutException;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.CutProgress;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.cut.Verification;
import io.reelmux.cut.VerifyLevel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One video on several threads: whatever happens, no temporary file and no thread is left. */
@Timeout(60)
class ParallelEncoderTest {
  private static final int FRAMES = 60;

  @TempDir private Path folder;
  private Path temporary;
  private Path output;

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary"));
    output = folder.resolve("joined.mp4");
  }

  @AfterEach
  void nothing_isLeft() throws Exception {
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("reelmux-chunks")) {
        // its work is done; it may still be on its last instructions
        thread.join(2000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static CutPlan plan() throws IOException {
    VideoOptions options = Footage.options("libx264").gop(10).preset("veryfast").build();
    return CutPlan.of(options, FRAMES, Duration.ofMillis(334));
  }

  private ParallelEncoder encoder(FrameSource frames) throws IOException {
    return ParallelEncoder.of(plan(), frames).workers(2).temporaryDirectory(temporary);
  }

  @Test
  void encode_onTwoThreads_isTheWholeVideoWithItsAudio() throws IOException {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    List<CutProgress> progress = new ArrayList<>();
    FrameSource frames =
        FrameSource.of(
            n -> {
              threads.add(Thread.currentThread().toString());
              return Footage.frame(n);
            });

    EncodingResult result =
        encoder(frames)
            .audio(AudioOptions.of(48_000, 1), tone(96_000))
            .encoder(settings -> settings.metadata("title", "Parallel"))
            .progress(progress::add)
            .encode(Output.file(output));

    assertThat(result.streams()).extracting("codec").containsExactly("h264", "aac");
    assertThat(Verification.of(plan(), output, VerifyLevel.DECODE).frames()).isEqualTo(FRAMES);
    assertThat(threads).hasSizeBetween(1, 2);
    assertThat(progress).last().isEqualTo(new CutProgress(FRAMES, FRAMES, 6, 6, FRAMES));
    assertThat(progress).extracting(CutProgress::frames).isSorted();
    assertThat(progress).extracting(CutProgress::joinedFrames).isSorted();
  }

  static AudioSource tone(int samples) {
    return stream -> {
      float[][] all = new float[1][samples];
      for (int i = 0; i < samples; i++) {
        all[0][i] = (float) (0.5 * Math.sin(i * 0.05));
      }
      stream.addSamples(AudioSamples.of(all));
    };
  }

  @Test
  void encode_withNotesOfItsAudio_givesThoseOfAnOrdinaryEncoder() throws IOException {
    AudioOptions options =
        AudioOptions.builder(48_000, 6)
            .channelLayout(ChannelLayout.SURROUND_5_1_SIDE)
            .codec("aac")
            .build();
    AudioSource silence = stream -> stream.addSamples(AudioSamples.of(new float[6][96_000]));
    EncodingResult ordinary;
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(options);
      encoder.openFile(folder.resolve("ordinary.mp4"));
      silence.feed(stream);
      ordinary = encoder.finish();
    }

    EncodingResult result =
        encoder(Footage.source()).audio(options, silence).encode(Output.file(output));

    assertThat(ordinary.notes()).hasSize(1);
    assertThat(ordinary.notes().get(0)).startsWith("audio 0: channelLayout 5.1(side)");
    assertThat(result.notes()).containsExactlyElementsOf(ordinary.notes());
  }

  /** Each of the six chunks has the note. */
  @Test
  void encode_withTheSameNoteOfAllChunks_givesItOnce() throws IOException {
    byte[] transparent = new byte[Footage.WIDTH * Footage.HEIGHT * 4];
    FrameSource frames =
        FrameSource.of(
            n -> VideoFrame.of(PixelLayout.RGBA, Footage.WIDTH, Footage.HEIGHT, transparent));

    EncodingResult result = encoder(frames).encode(Output.file(output));

    assertThat(result.notes()).hasSize(1);
    assertThat(result.notes().get(0)).startsWith("video 0: ").contains("transparen");
  }

  @Test
  void encode_sourceFails_throwsItsExceptionAndLeavesTheOutput() throws IOException {
    IOException failure = new IOException("the disk of the frames is gone");
    Files.writeString(output, "before");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                encoder(
                        FrameSource.of(
                            n -> {
                              if (n == 25) {
                                throw failure;
                              }
                              return Footage.frame(n);
                            }))
                    .encode(Output.file(output)))
        .isSameAs(failure);
    assertThat(output).hasContent("before");
  }

  @Test
  void encode_audioFails_throwsItsException() throws IOException {
    IllegalStateException failure = new IllegalStateException("no audio today");

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                encoder(Footage.source())
                    .audio(
                        AudioOptions.of(48_000, 1),
                        stream -> {
                          throw failure;
                        })
                    .encode(Output.file(output)))
        .isSameAs(failure);
    assertThat(output).doesNotExist();
  }

  @Test
  void encode_sourceIsShort_refusedNamingTheChunk() throws IOException {
    FrameSource source =
        (chunk, stream) -> {
          for (long n = chunk.firstFrame(); n < Math.min(25, chunk.endFrame()); n++) {
            stream.addFrame(Footage.frame(n));
          }
        };

    assertThatExceptionOfType(CutException.class)
        .isThrownBy(() -> encoder(source).workers(1).encode(Output.file(output)))
        .withMessage("chunk 2: frames 20 to 29: the source has added 5 of 10 frames")
        .satisfies(e -> assertThat(e.chunk()).hasValue(2));
  }

  @Test
  void encode_sourceIsLong_refused() throws IOException {
    FrameSource source =
        (chunk, stream) -> {
          for (int n = 0; n < Integer.MAX_VALUE; n++) {
            stream.addFrame(Footage.frame(n % 3));
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> encoder(source).workers(1).encode(Output.file(output)))
        .withMessage("chunk 0: frames 0 to 9: the source adds more than 10 frames");
  }

  /** Not after hours. */
  @Test
  void encode_outputCannotHoldTheStreams_refusedBeforeAFrameIsRead() throws IOException {
    FrameSource never =
        (chunk, stream) -> {
          throw new AssertionError("no frame should be asked for");
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder(never).encode(Output.file(folder.resolve("joined.webm"))))
        .withMessageContaining("webm");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                encoder(never)
                    .audio(AudioOptions.builder(48_000, 1).codec("pcm_s24be").build(), tone(1))
                    .encode(Output.file(folder.resolve("joined.flv"))))
        .withMessageContaining("flv");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> encoder(never).encode(Output.file(folder.resolve("missing").resolve("a.mp4"))));
    assertThat(folder.resolve("joined.webm")).doesNotExist();
  }

  @Test
  void encode_intoAFileThatIsRead_refused() throws IOException {
    Files.writeString(output, "the recording");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder(Footage.source()).copyAudio(output).encode(Output.file(output)))
        .withMessageContaining("is a file that is read");
    assertThat(output).hasContent("the recording");
  }

  @Test
  void encode_progressListenerThrows_endsWithItsException() throws IOException {
    IllegalStateException failure = new IllegalStateException("enough");

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                encoder(Footage.source())
                    .progress(
                        now -> {
                          if (now.frames() > 12) {
                            throw failure;
                          }
                        })
                    .encode(Output.file(output)))
        .isSameAs(failure);
  }

  @Test
  void cancel_whileEncoding_endsEverything() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch canceled = new CountDownLatch(1);
    ParallelEncoder encoder =
        encoder(
            FrameSource.of(
                n -> {
                  begun.countDown();
                  try {
                    canceled.await(10, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    // the source is interrupted as well
                    Thread.currentThread().interrupt();
                  }
                  return Footage.frame(n);
                }));
    Thread canceler =
        new Thread(
            () -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              encoder.cancel();
              canceled.countDown();
            });
    canceler.start();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> encoder.encode(Output.file(output)));
    canceler.join();
    assertThat(output).doesNotExist();
  }

  @Test
  void cancel_beforeEncoding_refusesIt() throws IOException {
    ParallelEncoder encoder = encoder(Footage.source());
    encoder.cancel();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> encoder.encode(Output.file(output)));
  }

  @Test
  void cancel_whileJoining_deletesTheOutput() throws IOException {
    ParallelEncoder encoder = encoder(Footage.source());
    encoder.progress(
        now -> {
          if (now.joinedFrames() == 30) {
            encoder.cancel();
          }
        });

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> encoder.encode(Output.file(output)));
    assertThat(output).doesNotExist();
  }

  @Test
  void encode_callerInterrupted_endsEverything() throws IOException {
    Thread caller = Thread.currentThread();
    FrameSource source =
        FrameSource.of(
            n -> {
              if (n == 5) {
                caller.interrupt();
              }
              return Footage.frame(n);
            });

    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> encoder(source).encode(Output.file(output)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(output).doesNotExist();
  }

  @Test
  void encode_calledTwiceOrWithWrongSettings_refused() throws IOException {
    ParallelEncoder encoder = encoder(Footage.source());
    encoder.encode(Output.file(output));

    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(Output.file(output)))
        .withMessageContaining("encode() was called before");
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.workers(0));
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                encoder(Footage.source())
                    .copyAudio(output)
                    .audio(AudioOptions.of(48_000, 1), tone(1)))
        .withMessageContaining("audio is set twice");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                encoder(Footage.source())
                    .temporaryDirectory(output)
                    .encode(Output.file(folder.resolve("b.mp4"))))
        .withMessageEndingWith("must be a directory");
  }
}
