package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Writes a live presentation to a directory until it is killed. */
final class SegmentChild {
  private SegmentChild() {}

  public static void main(String[] args) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                  .threads(1)
                  .build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(
          Output.segments(
              SegmentStore.directory(Path.of(args[0])),
              SegmentOptions.hlsAndDash(Duration.ofMillis(500)).live(3).keep(0)));
      for (int i = 0; ; i++) {
        video.addFrame(EncodedClip.frame(i));
        audio.addSamples(EncodedClip.samples(i, EncodedClip.AUDIO_RATE / EncodedClip.RATE));
      }
    }
  }
}
