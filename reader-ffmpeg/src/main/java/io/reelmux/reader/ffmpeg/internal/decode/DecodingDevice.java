package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.Device;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.reader.Limits;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import io.reelmux.reader.ffmpeg.internal.av.DeviceFailure;
import io.reelmux.reader.ffmpeg.internal.demux.DecoderOpener;
import java.io.IOException;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Where a stream is decoded, and what happens if the device cannot. */
final class DecodingDevice {
  private final Device wanted;
  private final boolean fallbackToCpu;
  private final String label;
  private final DamageCount count;
  private volatile Device current;

  /**
   * The device that was asked for.
   *
   * @param label of the stream, for exceptions
   * @param count receives the note on a fallback
   */
  DecodingDevice(VideoOutput output, String label, DamageCount count) {
    this.wanted = output.device();
    this.fallbackToCpu = output.fallbackToCpu();
    this.label = label;
    this.count = count;
    this.current = wanted;
  }

  /** Where frames are decoded now. */
  Device current() {
    return current;
  }

  /**
   * Opens a decoder on the device, which is a GPU.
   *
   * @throws DeviceFailure if the device cannot be used
   * @throws IOException if the stream exceeds a limit
   */
  DecoderContext open(AVStream stream, Limits limits) throws IOException {
    LogPosition start = LogPosition.here();
    try (HardwareDevice device = HardwareDevice.open(wanted.index())) {
      return DecoderOpener.openOnDevice(stream, device, limits);
    } catch (EncoderException e) {
      throw new DeviceFailure(e, start.lines());
    }
  }

  /** Goes on on the CPU, if that is allowed. */
  void fallBack(DeviceFailure failure) throws ReaderException {
    if (!fallbackToCpu) {
      throw explained(failure);
    }
    noteFallback(NvdecFailures.reason(wanted, failure));
  }

  /** Returns what is thrown if nothing can go on. */
  ReaderException explained(DeviceFailure failure) {
    EncoderException e = failure.failure();
    String reason = NvdecFailures.reason(wanted, failure);
    return new ReaderException(e.operation(), label, e.errorCode(), reason, e.logLines(), failure);
  }

  /** As the other, if no decoder for the device exists. */
  void fallBack(UnsupportedMediaException failure) throws UnsupportedMediaException {
    if (!fallbackToCpu) {
      throw new UnsupportedMediaException(
          "decode the stream on " + wanted,
          label,
          failure.errorCode(),
          failure.errorText(),
          failure.logLines());
    }
    noteFallback(failure.errorText());
  }

  private void noteFallback(String reason) {
    current = Device.cpu();
    count.note("decoded on the CPU, because " + wanted + " cannot: " + reason);
  }
}
