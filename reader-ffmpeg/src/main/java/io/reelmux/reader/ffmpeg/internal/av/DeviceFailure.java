package io.reelmux.reader.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.io.IOException;
import java.util.List;

/**
 * A device cannot decode, or has failed. It says nothing about the stream: another decoder may go
 * on. Never leaves the backend.
 */
public final class DeviceFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final EncoderException failure;
  private final transient List<String> lines;

  /**
   * A failure.
   *
   * @param lines what FFmpeg printed about the operation
   */
  public DeviceFailure(EncoderException failure, List<String> lines) {
    super(failure);
    this.failure = failure;
    this.lines = List.copyOf(lines);
  }

  /** Returns what FFmpeg reported. */
  public EncoderException failure() {
    return failure;
  }

  /** Returns what FFmpeg printed about the operation. */
  public List<String> lines() {
    return lines;
  }
}
