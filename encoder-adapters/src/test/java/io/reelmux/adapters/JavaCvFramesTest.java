package io.reelmux.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.AudioSamples;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.javacpp.indexer.UShortIndexer;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;

/** Frames of the real JavaCV. */
class JavaCvFramesTest {

  private static ByteBuffer bytes(VideoFrame frame) {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) frame.layout().frameBytes(frame.width(), frame.height()));
    FrameBytes.copy(frame, bytes);
    return bytes.flip().order(ByteOrder.nativeOrder());
  }

  @Test
  void toVideoFrame_paddedRows_areReadByTheStride() {
    try (Frame frame = new Frame(3, 2, Frame.DEPTH_UBYTE, 3)) {
      UByteIndexer pixels = frame.createIndexer();
      pixels.put(1, 2, new int[] {1, 2, 250});

      VideoFrame image = JavaCvFrames.toVideoFrame(frame);

      assertThat(frame.imageStride).isGreaterThan(9);
      assertThat(image.layout()).isEqualTo(PixelLayout.BGR24);
      assertThat(bytes(image).array()).endsWith(1, 2, (byte) 250);
      pixels.put(1, 2, new int[] {9, 9, 9});
      assertThat(bytes(image).array()).as("not a copy").endsWith(9, 9, 9);
    }
  }

  @Test
  void toVideoFrame_paddedShorts_areReadByTheStride() {
    try (Frame frame = new Frame(3, 2, Frame.DEPTH_USHORT, 1)) {
      UShortIndexer pixels = frame.createIndexer();
      pixels.put(1, 2, 60_000);

      VideoFrame image = JavaCvFrames.toVideoFrame(frame);

      assertThat(frame.imageStride).isGreaterThan(3);
      assertThat(image.layout()).isEqualTo(PixelLayout.GRAY16);
      assertThat(bytes(image).getShort(10) & 0xFFFF).isEqualTo(60_000);
    }
  }

  @Test
  void toVideoFrame_heapBuffers_areReadToo() {
    Frame frame = new Frame();
    frame.imageWidth = 2;
    frame.imageHeight = 1;
    frame.imageStride = 2;
    frame.imageChannels = 1;
    frame.imageDepth = Frame.DEPTH_FLOAT;
    frame.image = new Buffer[] {FloatBuffer.wrap(new float[] {0.5f, 1})};

    assertThat(bytes(JavaCvFrames.toVideoFrame(frame)).getFloat(0)).isEqualTo(0.5f);
    frame.imageDepth = Frame.DEPTH_UBYTE;
    frame.image = new Buffer[] {ByteBuffer.wrap(new byte[] {3, 4})};
    assertThat(bytes(JavaCvFrames.toVideoFrame(frame)).array()).containsExactly(3, 4);
  }

  @Test
  void toVideoFrame_nv21_isNamed() {
    Frame frame = new Frame();
    frame.imageWidth = 4;
    frame.imageHeight = 2;
    frame.imageStride = 4;
    frame.imageChannels = 2;
    frame.imageDepth = Frame.DEPTH_UBYTE;
    frame.image = new Buffer[] {ByteBuffer.allocate(12).put(11, (byte) 5)};

    assertThat(bytes(JavaCvFrames.toVideoFrame(frame, PixelLayout.NV21)).get(11))
        .isEqualTo((byte) 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toVideoFrame(frame))
        .withMessageContaining("depth 8 with 2 channels has no layout by convention")
        .withMessageContaining("depth 8 with 3 channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toVideoFrame(frame, PixelLayout.I444))
        .withMessage("I444 requires 24 bytes, the frame's buffer has 12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toVideoFrame(frame, PixelLayout.RGB24))
        .withMessage(
            "depth 8 with 2 channels does not hold RGB24, which is depth 8 with 3 channels");
  }

  @Test
  void toVideoFrame_noImage_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toVideoFrame(new Frame()))
        .withMessage("the frame has no image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toAudioSamples(new Frame()))
        .withMessage("the frame has no samples");
  }

  @Test
  void toFrame_everyLayoutOfTheTable_returnsTheSamePixels() {
    for (PixelLayout layout :
        new PixelLayout[] {
          PixelLayout.GRAY8,
          PixelLayout.BGR24,
          PixelLayout.RGBA,
          PixelLayout.GRAY16,
          PixelLayout.GRAY_F32
        }) {
      byte[] pixels = new byte[(int) layout.frameBytes(3, 2)];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i + 1);
      }
      try (Frame frame = JavaCvFrames.toFrame(VideoFrame.of(layout, 3, 2, pixels))) {
        VideoFrame back = JavaCvFrames.toVideoFrame(frame);

        assertThat(back.layout()).isEqualTo(layout);
        assertThat(bytes(back).array()).as(layout.name()).isEqualTo(pixels);
      }
    }
    VideoFrame rgb = VideoFrame.of(PixelLayout.RGB24, 1, 1, new byte[3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toFrame(rgb))
        .withMessageStartingWith("RGB24 has no form as a frame of JavaCV; these have: BGR24, RGBA");
  }

  @Test
  void toAudioSamples_planarFloatsAndInterleavedShorts_keepTheirValues() {
    Frame frame = new Frame();
    frame.sampleRate = 48_000;
    frame.audioChannels = 2;
    frame.samples =
        new Buffer[] {
          FloatBuffer.wrap(new float[] {0.5f, -0.5f}), FloatBuffer.wrap(new float[] {0.25f, 1})
        };

    AudioSamples planar = JavaCvFrames.toAudioSamples(frame);
    assertThat(planar.layout()).isEqualTo(SampleLayout.FLOAT_PLANAR);
    assertThat(planar.toFloats()).isDeepEqualTo(new float[][] {{0.5f, -0.5f}, {0.25f, 1}});

    frame.samples = new Buffer[] {ShortBuffer.wrap(new short[] {1, 2, 3, 4})};
    AudioSamples interleaved = JavaCvFrames.toAudioSamples(frame);
    assertThat(interleaved.count()).isEqualTo(2);
    assertThat(interleaved.toBytes()).containsExactly(1, 0, 2, 0, 3, 0, 4, 0);

    frame.samples = new Buffer[] {LongBuffer.allocate(2)};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toAudioSamples(frame))
        .withMessageContaining("has no layout of samples");
  }

  @Test
  void toFrame_planarShorts_areInterleaved() {
    ShortBuffer planes = ShortBuffer.wrap(new short[] {1, 2, 3, 4});

    Frame frame = JavaCvFrames.toFrame(AudioSamples.of(SampleLayout.S16_PLANAR, 2, planes), 44_100);

    assertThat(frame.sampleRate).isEqualTo(44_100);
    assertThat(frame.audioChannels).isEqualTo(2);
    assertThat(((ShortBuffer) frame.samples[0]).array()).containsExactly(1, 3, 2, 4);
    AudioSamples floats = AudioSamples.of(new float[2][2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaCvFrames.toFrame(floats, 44_100))
        .withMessageContaining("must be S16_INTERLEAVED or S16_PLANAR");
  }
}
