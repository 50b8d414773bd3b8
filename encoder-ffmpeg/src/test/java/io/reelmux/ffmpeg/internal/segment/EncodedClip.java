package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packets of a short clip, in the order in which an output receives them, and its MP4. */
record EncodedClip(List<Packet> packets, byte[] mp4) {
  static final int RATE = 25;
  static final int SIZE = 64;
  static final int AUDIO_RATE = 48_000;

  /** Key frames are a second apart. */
  static final Duration SECOND = Duration.ofSeconds(1);

  private static final Map<Integer, EncodedClip> CLIPS = new HashMap<>();

  /** 5 seconds of H.264 with B-frames and AAC. */
  static EncodedClip reordered() throws IOException {
    return clip(2);
  }

  /** 5 seconds of H.264 without B-frames and AAC. */
  static EncodedClip lowDelay() throws IOException {
    return clip(0);
  }

  private static synchronized EncodedClip clip(int bFrames) throws IOException {
    EncodedClip known = CLIPS.get(bFrames);
    EncodedClip clip = known == null ? encode(5 * RATE, bFrames) : known;
    CLIPS.put(bFrames, clip);
    return clip;
  }

  static EncodedClip encode(int frames, int bFrames) throws IOException {
    List<Packet> packets = new ArrayList<>();
    ByteArrayOutput file = new ByteArrayOutput();
    try (Encoder encoder = Encoder.builder().packetListener(packets::add).build()) {
      ClipFeed feed =
          ClipFeed.addTo(
              encoder,
              ClipFeed.options()
                  .codec("h264")
                  .preset("veryfast")
                  .keyFramesEvery(SECOND)
                  .maxBFrames(bFrames)
                  .build());
      encoder.openFileLike(file, "mp4");
      for (int i = 0; i < frames; i++) {
        feed.add(i);
      }
      encoder.finish();
    }
    return new EncodedClip(packets, file.toByteArray());
  }

  static VideoFrame frame(int number) {
    byte[] pixels = new byte[SIZE * SIZE * 3 / 2];
    for (int i = 0; i < SIZE * SIZE; i++) {
      pixels[i] = (byte) (40 + (i % SIZE + i / SIZE + 3 * number) % 170);
    }
    Arrays.fill(pixels, SIZE * SIZE, pixels.length, (byte) 128);
    return VideoFrame.of(PixelLayout.I420, SIZE, SIZE, pixels);
  }

  static float[][] samples(int number, int count) {
    float[][] samples = new float[1][count];
    for (int i = 0; i < count; i++) {
      samples[0][i] = (float) (0.3 * Math.sin((number * count + i) * 0.05));
    }
    return samples;
  }

  /** Returns the packets of one stream. */
  List<Packet> of(int stream) {
    return packets.stream().filter(packet -> packet.stream().index() == stream).toList();
  }
}
