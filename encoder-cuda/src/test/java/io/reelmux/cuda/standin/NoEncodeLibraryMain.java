package io.reelmux.cuda.standin;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderException;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.nio.file.Path;

/** A program in a container that has the driver, but not its encode library. */
final class NoEncodeLibraryMain {
  private NoEncodeLibraryMain() {}

  /** Argument: the folder of the stand-in driver. */
  public static void main(String[] arguments) throws IOException {
    System.load(Path.of(arguments[0]).resolve("libcuda.so.1").toString());
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(64, 64, 25).device(Device.cuda(0)).build());
      encoder.openFileLike(output, "mp4");
      System.out.println("opened");
    } catch (EncoderException e) {
      System.out.println("refused: " + e.getMessage());
    }
    System.out.println("written: " + output.toByteArray().length);
    System.out.println("owners: " + NativeOwner.openCount());
    System.out.println(
        "reason: " + EncoderCatalog.load().unavailableReason(Device.cuda(0)).orElse(""));
  }
}
