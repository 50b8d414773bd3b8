package io.reelmux.cuda.standin;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.DeviceInfo;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.internal.driver.DriverApi;
import java.io.IOException;
import java.nio.file.Path;

/** A program on a machine with the driver, but without CUDA's runtime library. */
final class NoRuntimeMain {
  private NoRuntimeMain() {}

  /** Argument: the folder of the stand-in driver. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.load(folder.resolve("libcuda.so.1").toString());
    System.load(folder.resolve("libnvidia-encode.so.1").toString());
    if (DriverApi.unavailableReason() == null) {
      System.out.println("installed");
      return;
    }
    VideoFrame host = VideoFrame.of(PixelLayout.GRAY8, 64, 64, new byte[64 * 64]);
    DeviceFrames onGpu = DeviceFrames.of(Device.cuda(0), PixelLayout.NV12, 64, 64, 4096, 1);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(64, 64, 25).device(Device.cuda(0)).build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      video.addFrame(host);
      try {
        video.addFrames(onGpu);
      } catch (IllegalArgumentException e) {
        System.out.println("refused: " + e.getMessage());
      }
      video.addFrame(host);
      System.out.println("encoded: " + encoder.finish().streams().get(0).packets());
    }
    for (DeviceInfo info : EncoderCatalog.load().devices()) {
      System.out.println(
          "device: %s, memory known: %s, encoders: %d"
              .formatted(info.name(), info.memoryBytes().isPresent(), info.encoders().size()));
    }
  }
}
