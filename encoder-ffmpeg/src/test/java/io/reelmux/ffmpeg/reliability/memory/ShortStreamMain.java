package io.reelmux.ffmpeg.reliability.memory;

import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Encodes streams of one to four frames with every video encoder, and checks their times. */
final class ShortStreamMain {
  private static final int MAX_FRAMES = 4;
  private static final int WIDTH = 176;
  private static final int HEIGHT = 144;

  /** Encoders that put several frames into one packet, or none. */
  private static final List<String> GATHERING =
      List.of("a64multi", "a64multi5", "libwebp_anim", "vnull");

  private int tried;

  private ShortStreamMain() {}

  public static void main(String[] arguments) throws IOException {
    ShortStreamMain main = new ShortStreamMain();
    for (EncoderInfo info : EncoderCatalog.load().encoders(StreamKind.VIDEO)) {
      for (int frames = 1; frames <= MAX_FRAMES && !GATHERING.contains(info.name()); frames++) {
        main.attempt(info.name(), frames);
      }
    }
    System.out.println("tried " + main.tried);
  }

  private void attempt(String codec, int frames) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).codec(codec).build());
      if (opens(encoder, packets)) {
        for (int i = 0; i < frames; i++) {
          video.addFrame(VideoFrame.of(PixelLayout.GRAY8, WIDTH, HEIGHT, new byte[WIDTH * HEIGHT]));
        }
        encoder.finish();
        check(codec, frames, packets);
        tried++;
      }
    }
  }

  /**
   * Returns false for hardware encoders without a device, and for formats that require other sizes.
   */
  private static boolean opens(Encoder encoder, List<Packet> packets) {
    try {
      encoder.openPackets(packets::add);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void check(String codec, int frames, List<Packet> packets) {
    long last = Long.MIN_VALUE;
    for (Packet packet : packets) {
      boolean near = packet.dts() >= -16 && packet.dts() <= packet.pts();
      if (!near || packet.dts() <= last || packet.pts() >= frames) {
        throw new AssertionError(
            "%s, %d frames: pts %d, dts %d after %d"
                .formatted(codec, frames, packet.pts(), packet.dts(), last));
      }
      last = packet.dts();
    }
    if (packets.size() != frames) {
      throw new AssertionError(codec + ": " + packets.size() + " packets of " + frames + " frames");
    }
  }
}
