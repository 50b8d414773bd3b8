package io.reelmux.ffmpeg.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails every native allocation and every FFmpeg call of a complete encoding, one at a time. */
class NativeFaultTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @TempDir Path directory;

  private final Deque<NativeOwner> open = new ArrayDeque<>();
  private final List<String> wrongOrder = new ArrayList<>();

  @AfterEach
  void restore() {
    Av.injectFaults(null);
    NativeOwner.observe(null);
  }

  @Test
  void encode_eachNativeStepFails_freesAllAndNamesTheStep() throws IOException {
    List<String> steps = new ArrayList<>();
    Av.injectFaults(
        step -> {
          steps.add(step);
          return false;
        });
    encode(new ByteArrayOutput());
    assertThat(steps).hasSizeGreaterThan(100);
    Set<String> failedSteps = new HashSet<>();

    for (int k = 0; k < steps.size(); k++) {
      int failing = k;
      int[] count = {0};
      String[] failed = {""};
      Av.injectFaults(
          step -> {
            boolean now = count[0]++ == failing;
            failed[0] = now ? step : failed[0];
            return now;
          });
      long before = NativeOwner.openCount();

      Throwable thrown = catchThrowable(() -> encode(new ByteArrayOutput()));

      assertThat(thrown).as("step %d, %s", k, failed[0]).isInstanceOf(EncoderException.class);
      assertThat(thrown.getMessage()).startsWith("could not ");
      assertThat(((EncoderException) thrown).operation()).isNotBlank();
      assertThat(((EncoderException) thrown).errorCode()).isEqualTo(Av.ENOMEM);
      assertThat(NativeOwner.openCount()).as("owners left by %s", failed[0]).isEqualTo(before);
      failedSteps.add(failed[0]);
    }

    assertThat(failedSteps)
        .contains(
            "avcodec_alloc_context3",
            "avcodec_open2",
            "avcodec_send_frame",
            "avcodec_receive_packet",
            "av_frame_alloc",
            "av_frame_get_buffer",
            "av_packet_alloc",
            "avformat_alloc_output_context2",
            "avformat_new_stream",
            "avformat_write_header",
            "av_write_frame",
            "av_write_trailer",
            "avio_alloc_context",
            "avfilter_graph_alloc",
            "avfilter_graph_config",
            "av_buffersrc_add_frame_flags",
            "av_buffersink_get_frame",
            "sws_getContext",
            "sws_scale",
            "swr_alloc_set_opts2",
            "swr_convert",
            "av_audio_fifo_alloc",
            "av_audio_fifo_write",
            "av_audio_fifo_read");
    Reliability.record(
        "native allocations and FFmpeg calls fail",
        "a hook in the owner classes fails the k-th step of a complete encoding, for every k",
        steps.size(),
        failedSteps.size() + " kinds of steps; each error names its step; 0 owners left open");
  }

  @Test
  void open_eachNativeStepFails_closesInReverseOrderAndLeavesTheFileAlone() throws IOException {
    Path file = directory.resolve("kept.mp4");
    Files.writeString(file, "existing content");
    int steps = 0;
    boolean opened = false;

    while (!opened) {
      int failing = steps++;
      int[] count = {0};
      Av.injectFaults(step -> count[0]++ == failing);
      NativeOwner.observe(this::observe);
      try (Encoder encoder = Encoder.create()) {
        addStreams(encoder);
        Throwable thrown = catchThrowable(() -> encoder.openFile(file));
        opened = thrown == null;
        if (opened) {
          Av.injectFaults(null);
          NativeOwner.observe(null);
          open.clear();
        } else {
          assertThat(thrown).isInstanceOf(EncoderException.class);
          assertThat(open).isEmpty();
          assertThat(wrongOrder).isEmpty();
          assertThat(file).hasContent("existing content");
        }
      }
    }

    assertThat(steps).isGreaterThan(15);
  }

  @Test
  void close_afterAnEncoderStepFailed_keepsWhatWasEncodedBefore() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    int[] sent = {0};
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).gop(1).build());
    encoder.openFileLike(output, "mp4");
    Av.injectFaults(step -> step.equals("av_buffersrc_add_frame_flags") && ++sent[0] == 60);

    Throwable thrown =
        catchThrowable(
            () -> {
              for (int i = 0; i < 100; i++) {
                video.addFrame(frame(i));
              }
            });
    encoder.close();

    assertThat(thrown).isInstanceOf(EncoderException.class).hasMessageContaining("video 0");
    byte[] file = output.toByteArray();
    assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("moov");
    assertThat(NativeOwner.openCount()).isZero();
  }

  private void observe(NativeOwner owner, boolean opened) {
    if (opened) {
      open.push(owner);
    } else if (open.peek() == owner) {
      open.pop();
    } else if (open.remove(owner)) {
      wrongOrder.add(owner.getClass().getSimpleName());
    }
  }

  private static void addStreams(Encoder encoder) {
    encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, 25));
    encoder.addAudio(AudioOptions.of(44_100, 2));
  }

  private static void encode(ByteArrayOutput output) throws IOException {
    try (Encoder encoder = Encoder.builder().container(ContainerMode.CRASH_SAFE).build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).maxBFrames(0).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(44_100, 2));
      encoder.openFileLike(output, "mp4");
      for (int i = 0; i < 5; i++) {
        video.addFrame(frame(i));
        audio.addSamples(new float[2][1764]);
      }
      encoder.finish();
    }
  }

  private static VideoFrame frame(int index) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + index * 11);
    }
    return VideoFrame.of(PixelLayout.RGBA, WIDTH, HEIGHT, pixels);
  }
}
