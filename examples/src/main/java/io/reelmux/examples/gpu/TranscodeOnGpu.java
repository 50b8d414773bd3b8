package io.reelmux.examples.gpu;

import io.reelmux.Device;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Encodes a file again on an NVIDIA GPU. Frames are decoded and encoded there and never copied to
 * host memory; the CPU does what the GPU cannot, and the program says so.
 *
 * <pre>
 * ./mvnw -q package -Dexample=gpu.TranscodeOnGpu -Dargs="in.mov out.mp4 0"
 * </pre>
 */
public final class TranscodeOnGpu {

  /**
   * Runs the program.
   *
   * @param args the file, the file to write, and the ordinal of the GPU, 0 by default
   * @throws IOException if the file cannot be read, or the other one cannot be written
   */
  public static void main(String[] args) throws IOException {
    Device gpu = Device.cuda(args.length > 2 ? Integer.parseInt(args[2]) : 0);
    TranscodeResult done =
        Transcoder.of(Path.of(args[0]))
            .device(gpu)
            .fallbackToCpu(true)
            .copyAudio()
            .toFile(Path.of(args[1]));
    System.out.printf("%s, %d bytes%n", done.encoding().duration(), done.encoding().bytes());
    done.notes().forEach(System.out::println);
  }

  private TranscodeOnGpu() {}
}
