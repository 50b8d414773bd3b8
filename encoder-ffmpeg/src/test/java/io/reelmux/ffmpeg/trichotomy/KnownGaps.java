package io.reelmux.ffmpeg.trichotomy;

import java.util.List;

/** What the walk finds and accepts, each with its reason. */
final class KnownGaps {
  private static final List<String> ACCEPTED =
      List.of(
          // decoders of Opus always have 48 kHz; its header states the rate of the input
          "AudioOptions\\.outputSampleRate: (lib)?opus in .*",
          // ffprobe does not read animations, so it sees neither size nor frames
          "\\w+\\.\\w+.*: libwebp(_anim)? in webp",
          // an ICO file holds one image: the second frame fails with an exception
          "bmp in ico: .* failed: .*ICO already contains 1 images.*");

  /**
   * What ffprobe 5.1 does not read: titles of streams in MP4, newer codecs in FLV, PCM in MP4, key
   * frames of H.261, and another matrix than JPEG's.
   */
  private static final List<String> NEW_READER =
      List.of(
          "StreamOptions\\.title: .* in (mp4|mov|ipod|f4v)",
          ".*: .* in flv",
          ".*: pcm_.* in mp4",
          "VideoOptions\\.(gop|keyInterval|keyFramesEvery): h261 in .*",
          "VideoOptions\\.color .* matrix: (mjpeg|amv|speedhq) in .*");

  private KnownGaps() {}

  static boolean contains(String where) {
    return ACCEPTED.stream()
        .anyMatch(gap -> where.split(" \\[", 2)[0].matches(gap) || where.matches("(?s)" + gap));
  }

  static boolean needsNewReader(String where) {
    return NEW_READER.stream().anyMatch(where::matches);
  }
}
