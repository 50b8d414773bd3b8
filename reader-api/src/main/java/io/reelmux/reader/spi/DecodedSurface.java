package io.reelmux.reader.spi;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.PixelLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A decoded frame that has not been copied into Java memory. It remains valid when its decoder
 * continues, until it or the decoder is released.
 */
public interface DecodedSurface {

  /** {@return what is known of the frame} */
  FrameFacts facts();

  /** {@return where the frame is; the CPU if the GPU could not decode it} */
  Device device();

  /** {@return the layout in memory} */
  PixelLayout layout();

  /** {@return the width in pixels} */
  int width();

  /** {@return the height in pixels} */
  int height();

  /**
   * Returns the frame for an encoder. From any thread.
   *
   * @param pts when it is shown; null if the encoder counts frames
   * @return one frame, which refuses its use after the release
   * @throws IllegalStateException if the frame is in host memory, or has been released
   */
  DeviceFrames frames(@Nullable Duration pts);

  /**
   * Copies the frame into Java memory as its decoder would have done. A call of the decoder.
   *
   * @param target as described for {@link VideoDecoder}
   * @throws IllegalStateException if it has been released
   * @throws IOException if the library fails
   */
  void render(ByteBuffer target) throws IOException;

  /** Releases the frame. From any thread; never throws; a second call does nothing. */
  void release();
}
