package io.reelmux.cuda.internal;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_P010LE;

import io.reelmux.Device;
import io.reelmux.DeviceEncoder;
import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.HardwareFrames;
import io.reelmux.cuda.internal.nvenc.NvencFailures;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.LogPosition;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.codec.Codecs;
import io.reelmux.ffmpeg.internal.codec.Nvenc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/**
 * Determines what a GPU encodes by opening encoders on it: without NVENC bindings there is no other
 * way to ask. Limits are parsed from FFmpeg's message when they are exceeded.
 */
final class GpuProbe implements AutoCloseable {

  /** A size that every encoder supports. */
  private static final int ORDINARY = 512;

  /** Beyond the limit of every GPU, and within FFmpeg's. */
  private static final int HUGE = 32_766;

  private static final int MIN_SIDE = 16;
  private static final int MAX_B_FRAMES = 16;
  private static final Pattern EXCEEDS = Pattern.compile("(?:exceeds|exceed) (\\d+)");

  private final Device device;
  private final HardwareDevice hardware;

  private GpuProbe(Device device, HardwareDevice hardware) {
    this.device = device;
    this.hardware = hardware;
  }

  /** Why a GPU cannot encode, and what to do about it; empty if it can. */
  static Optional<String> unavailableReason(Device device) {
    try (SessionLog log = new SessionLog(new Notes())) {
      return log.during(
          device.toString(),
          () -> {
            try (GpuProbe probe = open(device)) {
              return probe.unavailableReason();
            } catch (EncoderException e) {
              return Optional.of(e.errorText());
            }
          });
    }
  }

  /**
   * Opens a GPU. A {@link SessionLog} must be active on the calling thread.
   *
   * @throws EncoderException if the GPU cannot be used, with what to do about it
   */
  static GpuProbe open(Device device) throws EncoderException {
    LogPosition start = LogPosition.here();
    try {
      return new GpuProbe(device, HardwareDevice.open(device.index()));
    } catch (EncoderException e) {
      throw NvencFailures.explain(device, e, start.lines());
    }
  }

  /** The result of trying to open an encoder: success, or the failure and FFmpeg's messages. */
  private record Attempt(Optional<EncoderException> failure, List<String> lines) {
    boolean opened() {
      return failure.isEmpty();
    }

    /** The limit that was exceeded. */
    OptionalInt limit() {
      for (String line : lines) {
        Matcher matcher = EXCEEDS.matcher(line);
        if (matcher.find()) {
          return OptionalInt.of(Integer.parseInt(matcher.group(1)));
        }
      }
      return OptionalInt.empty();
    }
  }

  /** Why none of the encoders opens; empty if one does. */
  Optional<String> unavailableReason() {
    Optional<String> reason = Optional.empty();
    for (String name : Nvenc.ENCODERS) {
      Attempt attempt = attempt(name, ORDINARY, ORDINARY, AV_PIX_FMT_NV12, 0);
      if (attempt.opened()) {
        return Optional.empty();
      }
      if (reason.isEmpty()) {
        reason =
            attempt.failure.map(
                failure -> NvencFailures.explain(device, failure, attempt.lines).errorText());
      }
    }
    return reason;
  }

  /** The encoders that the GPU supports. */
  List<DeviceEncoder> encoders() {
    List<DeviceEncoder> encoders = new ArrayList<>();
    for (String name : Nvenc.ENCODERS) {
      if (attempt(name, ORDINARY, ORDINARY, AV_PIX_FMT_NV12, 0).opened()) {
        encoders.add(encoder(name));
      }
    }
    return encoders;
  }

  private DeviceEncoder encoder(String name) {
    return new DeviceEncoder(
        name,
        name.substring(0, name.indexOf('_')),
        minSide(side -> attempt(name, side, ORDINARY, AV_PIX_FMT_NV12, 0).opened()),
        minSide(side -> attempt(name, ORDINARY, side, AV_PIX_FMT_NV12, 0).opened()),
        attempt(name, HUGE, ORDINARY, AV_PIX_FMT_NV12, 0).limit().orElse(HUGE),
        attempt(name, ORDINARY, HUGE, AV_PIX_FMT_NV12, 0).limit().orElse(HUGE),
        attempt(name, ORDINARY, ORDINARY, AV_PIX_FMT_P010LE, 0).opened(),
        attempt(name, ORDINARY, ORDINARY, AV_PIX_FMT_NV12, MAX_B_FRAMES)
                .limit()
                .orElse(MAX_B_FRAMES)
            > 0);
  }

  /** The minimum even side that opens, by bisection. */
  private static int minSide(IntPredicate opens) {
    int refused = MIN_SIDE - 2;
    int accepted = ORDINARY;
    while (accepted - refused > 2) {
      int middle = (refused + accepted) / 4 * 2;
      if (opens.test(middle)) {
        accepted = middle;
      } else {
        refused = middle;
      }
    }
    return accepted;
  }

  private Attempt attempt(String name, int width, int height, int pixelFormat, int bFrames) {
    Optional<AVCodec> codec = Codecs.find(name);
    LogPosition start = LogPosition.here();
    try {
      if (codec.isEmpty()) {
        throw Av.failure(0, "open " + name, "this FFmpeg build does not have it");
      }
      open(codec.get(), width, height, pixelFormat, bFrames);
      return new Attempt(Optional.empty(), List.of());
    } catch (EncoderException e) {
      return new Attempt(Optional.of(e), start.lines());
    }
  }

  private void open(AVCodec codec, int width, int height, int pixelFormat, int bFrames)
      throws EncoderException {
    try (HardwareFrames frames = HardwareFrames.create(hardware, pixelFormat, width, height);
        CodecContext encoder = CodecContext.allocate(codec)) {
      AVCodecContext context = encoder.struct();
      context.width(width);
      context.height(height);
      context.time_base().num(1).den(30);
      context.max_b_frames(bFrames);
      frames.attach(context);
      encoder.open();
    }
  }

  @Override
  public void close() {
    hardware.close();
  }
}
