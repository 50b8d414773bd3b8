package io.reelmux.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

/** Images of the real JavaFX, which need no window. */
class JavaFxImagesTest {

  private static byte[] bytes(VideoFrame frame) {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) frame.layout().frameBytes(frame.width(), frame.height()));
    FrameBytes.copy(frame, bytes);
    return bytes.array();
  }

  @Test
  void toVideoFrame_image_isPremultiplied() {
    WritableImage image = new WritableImage(2, 1);
    image.getPixelWriter().setArgb(1, 0, 0x80FF0000);

    VideoFrame frame = JavaFxImages.toVideoFrame(image);

    assertThat(frame.layout()).isEqualTo(PixelLayout.BGRA_PRE);
    assertThat(bytes(frame)).containsExactly(0, 0, 0, 0, 0, 0, 0x80, 0x80);
  }

  @Test
  void toVideoFrame_bufferOfBytes_isNotCopied() {
    ByteBuffer pixels = ByteBuffer.allocateDirect(8);
    PixelBuffer<ByteBuffer> buffer =
        new PixelBuffer<>(2, 1, pixels, PixelFormat.getByteBgraPreInstance());

    VideoFrame frame = JavaFxImages.toVideoFrame(buffer);
    pixels.put(4, (byte) 9);

    assertThat(bytes(frame)).containsExactly(0, 0, 0, 0, 9, 0, 0, 0);
  }

  @Test
  void toVideoFrame_bufferOfIntegers_hasTheSamePixels() {
    IntBuffer pixels = IntBuffer.wrap(new int[] {0x04030201, 0x44434241});
    PixelBuffer<IntBuffer> buffer =
        new PixelBuffer<>(2, 1, pixels, PixelFormat.getIntArgbPreInstance());

    assertThat(bytes(JavaFxImages.toVideoFrame(buffer)))
        .containsExactly(1, 2, 3, 4, 0x41, 0x42, 0x43, 0x44);
  }

  @Test
  void toImage_itsLayouts_haveTheirColors() {
    byte[] bgra = {1, 2, 3, (byte) 0xFF};

    assertThat(argb(VideoFrame.of(PixelLayout.BGRA, 1, 1, bgra))).isEqualTo(0xFF030201);
    assertThat(argb(VideoFrame.of(PixelLayout.BGRA_PRE, 1, 1, bgra))).isEqualTo(0xFF030201);
    assertThat(argb(VideoFrame.of(PixelLayout.RGB24, 1, 1, new byte[] {1, 2, 3})))
        .isEqualTo(0xFF010203);
    VideoFrame yuv = VideoFrame.of(PixelLayout.I444, 1, 1, new byte[3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaFxImages.toImage(yuv))
        .withMessage("I444 has no form as an image of JavaFX; these have: RGB24, BGRA, BGRA_PRE");
  }

  @Test
  void toImage_imageOfIntsWithoutAlpha_isOpaque() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    ((DataBufferInt) image.getRaster().getDataBuffer()).getData()[4] = 0x55010203;

    WritableImage copy = JavaFxImages.toImage(VideoFrame.of(image));

    assertThat(copy.getPixelReader().getArgb(1, 1)).isEqualTo(0xFF010203);
    assertThat(copy.getPixelReader().getArgb(2, 1)).isEqualTo(0xFF000000);
  }

  private static int argb(VideoFrame frame) {
    return JavaFxImages.toImage(frame).getPixelReader().getArgb(0, 0);
  }
}
