package io.reelmux.ffmpeg.trichotomy;

import java.util.List;

/** What the walk finds and accepts, each with its reason. */
final class KnownGaps {
  private static final List<String> ACCEPTED =
      List.of(
          // decoders of Opus always have 48 kHz; its header states the rate of the input
          "AudioOptions\\.outputSampleRate: (lib)?opus in .*",
          // every frame of a codec without inter-frame prediction is a key frame
          "Encoder\\.alignKeyFrames: (?!libx26|libopenh264|libvpx|libaom|libsvtav1|mpeg|h26).* in .*",
          // open: CAF reads 5.1 of PCM back as 5.1(side), MXF reads the colors of BT.601 as others
          "AudioOptions\\.outputChannelLayout: pcm_.* in caf",
          "VideoOptions\\.color BT.601 full (matrix|transfer): .* in mxf",
          // open: refused by the encoder itself, in its words, with an EncoderException
          "(roq_dpcm|wmav\\d) in \\w+: .* failed: .*could not open the encoder.*",
          // FFmpeg calls some pixel formats of FFV1 experimental, and fails when they are opened
          "ffv1 in \\w+: .*Version 2 or 4 needed.*");

  /** ffprobe 5.1 reads neither the title of a stream in MP4 nor newer codecs in FLV. */
  private static final List<String> NEW_READER =
      List.of(
          "StreamOptions\\.title: .* in (mp4|mov|ipod|f4v)",
          ".*: .* in flv",
          "VideoOptions.color BT.601 full matrix: mjpeg in .*",
          "AudioOptions\\.outputChannelLayout: pcm_.* in mp4");

  private KnownGaps() {}

  static boolean contains(String where) {
    return ACCEPTED.stream()
        .anyMatch(gap -> where.split(" \\[", 2)[0].matches(gap) || where.matches("(?s)" + gap));
  }

  static boolean needsNewReader(String where) {
    return NEW_READER.stream().anyMatch(where::matches);
  }
}
