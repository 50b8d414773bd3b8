package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.NativeFaults;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frames large enough that one is held back and encoded while the next is converted, which is done
 * with encoders that buffer frames themselves.
 */
class HeldFrameTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int FRAMES = 14;

  @AfterEach
  void noFaults() {
    NativeFaults.clear();
  }

  @Test
  void addFrame_encoderWithLag_decodesLikeEncoderWithout() throws IOException {
    List<VideoFrame> frames = frames(PixelLayout.RGB24, PixelLayout.RGB24);

    ReadStream held = encode(options(6), frames);
    ReadStream direct = encode(options(0), frames);

    assertThat(held.checksums()).hasSize(FRAMES).doesNotHaveDuplicates();
    assertThat(held.checksums()).isEqualTo(direct.checksums());
    assertThat(held.framePts()).isEqualTo(direct.framePts());
  }

  @Test
  void addFrame_layoutChanges_keepsOrder() throws IOException {
    List<VideoFrame> mixed =
        frames(PixelLayout.RGB24, PixelLayout.RGB_PLANAR, PixelLayout.RGBA, PixelLayout.BGR24);
    List<VideoFrame> plain = frames(PixelLayout.RGB24);

    ReadStream stream = encode(options(6), mixed);

    assertThat(stream.checksums()).isEqualTo(encode(options(0), plain).checksums());
  }

  @Test
  void addFrame_callerInterrupted_losesNothingAndStaysInterrupted() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(6));
      encoder.openFileLike(output, "mkv");
      Thread.currentThread().interrupt();
      for (VideoFrame frame : frames(PixelLayout.RGB24)) {
        video.addFrame(frame);
      }

      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(MediaReader.read(output.toByteArray()).video(0).frames()).hasSize(FRAMES);
  }

  @Test
  void addFrame_conversionFails_throwsAndKeepsFramesEncodedBefore() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    List<VideoFrame> frames = frames(PixelLayout.RGB24);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(6));
      encoder.openFileLike(output, "mkv");
      for (VideoFrame frame : frames.subList(0, 9)) {
        video.addFrame(frame);
      }
      NativeFaults.inject("av_buffersrc_add_frame_flags"::equals);

      assertThatThrownBy(() -> video.addFrame(frames.get(9)))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("convert a frame")
          .hasMessageContaining("video 0");
      NativeFaults.clear();
    }
    // the rest was still in the encoder
    List<Long> expected = encode(options(0), frames).checksums();
    assertThat(MediaReader.read(output.toByteArray()).video(0).checksums())
        .isNotEmpty()
        .isEqualTo(expected.subList(0, 4));
  }

  @Test
  void addFrame_callersBufferReused_framesAreUnchanged() throws IOException {
    byte[] reused = new byte[WIDTH * HEIGHT * 3];
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(6));
      encoder.openFileLike(output, "mkv");
      for (int i = 0; i < FRAMES; i++) {
        System.arraycopy(Fixtures.moving(WIDTH, HEIGHT, i), 0, reused, 0, reused.length);
        video.addFrame(Fixtures.rgb24(WIDTH, HEIGHT, reused));
        Arrays.fill(reused, (byte) 0);
      }
    }

    assertThat(MediaReader.read(output.toByteArray()).video(0).checksums())
        .isEqualTo(encode(options(0), frames(PixelLayout.RGB24)).checksums());
  }

  @Test
  void addFrame_destinationFails_throwsTheCallersException() throws IOException {
    IOException failure = new IOException("full");
    AtomicInteger written = new AtomicInteger();
    OutputStream output =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            if (written.addAndGet(length) > 2000) {
              throw failure;
            }
          }
        };
    List<VideoFrame> frames = frames(PixelLayout.RGB24);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(6));
      encoder.openFileLike(output, "mkv");

      assertThatThrownBy(
              () -> {
                for (VideoFrame frame : frames) {
                  video.addFrame(frame);
                }
                encoder.finish();
              })
          .isSameAs(failure);
    }
  }

  /** Lossless VP9, which both builds have; with a lag it buffers frames. */
  /** A loose limit: the interpreter, the muxer's fragments and class loading have their share. */
  @ParameterizedTest
  @EnumSource(names = {"RGB24", "RGB_PLANAR", "I420"})
  void addFrame_steadyState_leavesHardlyAnyGarbage(PixelLayout layout) throws IOException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    byte[] pixels = new byte[(int) layout.frameBytes(WIDTH, HEIGHT)];
    int frames = 40;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options(6));
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      long before = 0;
      for (int i = 0; i < 2 * frames; i++) {
        if (i == frames) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        video.addFrame(VideoFrame.of(layout, WIDTH, HEIGHT, pixels));
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;

      assertThat(bytes / frames).isLessThan(400);
    }
  }

  private static VideoOptions options(int lag) {
    return VideoOptions.builder(WIDTH, HEIGHT, 25)
        .codec("libvpx-vp9")
        .pixelFormat("yuv444p")
        .option("lossless", "1")
        .option("lag-in-frames", String.valueOf(lag))
        .option("auto-alt-ref", "0")
        .option("cpu-used", "8")
        .option("deadline", "realtime")
        .build();
  }

  private static ReadStream encode(VideoOptions options, List<VideoFrame> frames)
      throws IOException {
    return MediaReader.read(Fixtures.encode(options, "mkv", frames.toArray(new VideoFrame[0])))
        .video(0);
  }

  /** Returns the moving frames, alternating between these layouts. */
  private static List<VideoFrame> frames(PixelLayout... layouts) {
    List<VideoFrame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      PixelLayout layout = layouts[i % layouts.length];
      byte[] pixels = arrange(layout, Fixtures.moving(WIDTH, HEIGHT, i));
      frames.add(VideoFrame.of(layout, WIDTH, HEIGHT, pixels));
    }
    return frames;
  }

  private static byte[] arrange(PixelLayout layout, byte[] rgb) {
    byte[] pixels = new byte[(int) layout.frameBytes(WIDTH, HEIGHT)];
    int count = WIDTH * HEIGHT;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        int to =
            switch (layout) {
              case RGB_PLANAR -> c * count + i;
              case RGBA -> 4 * i + c;
              case BGR24 -> 3 * i + 2 - c;
              default -> 3 * i + c;
            };
        pixels[to] = rgb[3 * i + c];
      }
    }
    return pixels;
  }
}
