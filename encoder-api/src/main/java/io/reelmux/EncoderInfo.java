package io.reelmux;

import java.util.List;

/**
 * An encoder and the input and options it supports.
 *
 * @param name the name of the implementation ({@code libx264})
 * @param codec the name of the codec ({@code h264})
 * @param description a short description
 * @param kind video or audio
 * @param formats the supported pixel or sample formats; empty means any
 * @param sampleRates the supported sample rates of an audio encoder; empty means any
 * @param channelCounts the supported channel counts of an audio encoder; empty means any
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
