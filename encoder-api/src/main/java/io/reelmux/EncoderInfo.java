package io.reelmux;

import java.util.List;

/**
 * What one encoder takes.
 *
 * @param name name of the implementation ({@code libx264})
 * @param codec name of the codec ({@code h264})
 * @param description a few words
 * @param kind video or audio
 * @param formats pixel or sample formats; empty means any
 * @param sampleRates for audio; empty means any
 * @param channelCounts for audio; empty means any
 * @param options its own options
 */
public record EncoderInfo(
    String name,
    String codec,
    String description,
    StreamKind kind,
    List<String> formats,
    List<Integer> sampleRates,
    List<Integer> channelCounts,
    List<EncoderOption> options) {

  /** Copies the lists. */
  public EncoderInfo {
    formats = List.copyOf(formats);
    sampleRates = List.copyOf(sampleRates);
    channelCounts = List.copyOf(channelCounts);
    options = List.copyOf(options);
  }
}
