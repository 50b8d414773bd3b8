package io.reelmux.examples;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.RateControl;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * NV12 frames in, an elementary stream of H.264 or H.265 (Annex B) out by callback: the work of a
 * hardware encoder's channel, such as Ascend's VENC. Its settings here: entype is {@code codec} and
 * {@code profile}, pic_format the frame's {@link PixelLayout}, key_frame_interval {@code gop},
 * rc_mode {@code rateControl}, src_rate the frame rate, max_bitrate (kbit/s) {@code bitRate}
 * (bit/s), force_i_frame {@link VideoFrame#withKeyFrame()}, eos {@link VideoStream#end()}.
 * max_ip_prop has no twin: {@code i_qfactor} of libx264 is a ratio of quantizers, not of bits.
 *
 * <pre>./mvnw -q package -Dexample=ElementaryStream -Dargs=out.h264</pre>
 */
public final class ElementaryStream {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** Rows of the frames begin 656 bytes apart, as in memory that hardware shares. */
  private static final int STRIDE = WIDTH + 16;

  /**
   * Runs the program.
   *
   * @param args the file to write, which ends in {@code .h264} or {@code .h265}
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path path = Path.of(args.length > 0 ? args[0] : "out.h264");
    VideoOptions options =
        VideoOptions.builder(WIDTH, HEIGHT, 25)
            .codec(path.toString().endsWith("5") ? "hevc" : "h264")
            .profile("main")
            .gop(25)
            .maxBFrames(0) // packets in the order of the frames, without delay
            .rateControl(RateControl.CONSTANT_BIT_RATE)
            .bitRate(600_000)
            .build();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path));
        Encoder encoder = Encoder.create()) {
      VideoStream channel = encoder.addVideo(options);
      // without a container, parameter sets are in the packets, at each key frame
      encoder.openPackets(packet -> write(packet, file));
      for (int n = 0; n < 100; n++) {
        VideoFrame frame = frame(n);
        channel.addFrame(n == 40 ? frame.withKeyFrame() : frame);
      }
      channel.end();
    }
  }

  private static void write(Packet packet, OutputStream file) throws IOException {
    file.write(packet.toByteArray());
    if (packet.keyFrame()) {
      System.out.println("key frame " + packet.pts());
    }
  }

  /** Gray tiles that move: the plane of luma, then the plane of interleaved chroma. */
  private static VideoFrame frame(int n) {
    ByteBuffer luma = ByteBuffer.allocate(STRIDE * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int tile = ((x + 2 * n) / 8 ^ y / 8) * 37 & 127;
        luma.put(y * STRIDE + x, (byte) (64 + tile + (x * y + 13 * n) % 29));
      }
    }
    byte[] chroma = new byte[STRIDE * HEIGHT / 2];
    Arrays.fill(chroma, (byte) 128);
    List<ByteBuffer> planes = List.of(luma, ByteBuffer.wrap(chroma));
    return VideoFrame.of(PixelLayout.NV12, WIDTH, HEIGHT, planes, STRIDE, STRIDE);
  }
}
