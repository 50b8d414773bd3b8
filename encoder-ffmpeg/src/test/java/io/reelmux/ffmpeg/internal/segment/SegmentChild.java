package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Writes a live presentation to a directory until it is killed. */
final class SegmentChild {
  private SegmentChild() {}

  public static void main(String[] args) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      ClipFeed feed = ClipFeed.addTo(encoder, ClipFeed.options().build());
      encoder.open(
          Output.segments(
              SegmentStore.directory(Path.of(args[0])),
              SegmentOptions.hlsAndDash(Duration.ofMillis(500)).live(3).keep(0)));
      for (int i = 0; ; i++) {
        feed.add(i);
      }
    }
  }
}
