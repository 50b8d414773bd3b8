package io.reelmux.examples;

import io.reelmux.Device;
import io.reelmux.DeviceInfo;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.EncoderOption;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import java.io.IOException;

/**
 * Lists what can be encoded here: the native libraries, containers, GPUs, and encoders; or, given
 * the name of an encoder, its formats and options.
 *
 * <pre>
 * ./mvnw -q package -Dexample=ListEncoders
 * ./mvnw -q package -Dexample=ListEncoders -Dargs=libx264
 * </pre>
 */
public final class ListEncoders {

  /**
   * Runs the program.
   *
   * @param args the name of an encoder; optional
   * @throws IOException if the native libraries cannot be loaded
   */
  public static void main(String[] args) throws IOException {
    EncoderCatalog catalog = EncoderCatalog.load();
    if (args.length > 0) {
      catalog
          .encoder(args[0])
          .ifPresentOrElse(
              ListEncoders::printEncoder, () -> System.out.println("no encoder " + args[0]));
      return;
    }
    System.out.println(catalog.backend());
    System.out.println("containers: " + String.join(" ", catalog.containers()));
    printDevices(catalog);
    // The license of the native libraries decides whether there is a libx264, for instance.
    System.out.println(
        "H.264 in MP4: "
            + catalog
                .unsupportedReason(VideoOptions.builder(1280, 720, 30).codec("h264").build(), "mp4")
                .orElse("supported"));
    for (StreamKind kind : StreamKind.values()) {
      System.out.printf("%n%s encoders:%n", kind);
      for (EncoderInfo encoder : catalog.encoders(kind)) {
        System.out.printf(
            "  %-20s %-14s %s%n", encoder.name(), encoder.codec(), encoder.description());
      }
    }
  }

  private static void printDevices(EncoderCatalog catalog) {
    for (DeviceInfo gpu : catalog.devices()) {
      System.out.printf(
          "%s: %s, %s%n", gpu.device(), gpu.name(), gpu.unavailableReason().orElse("can encode"));
    }
    catalog
        .unavailableReason(Device.cuda())
        .ifPresent(reason -> System.out.println("no GPU encoding: " + reason));
  }

  private static void printEncoder(EncoderInfo encoder) {
    System.out.printf("%s: %s%n", encoder.name(), encoder.description());
    System.out.println("formats: " + String.join(" ", encoder.formats()));
    for (EncoderOption option : encoder.options()) {
      System.out.printf(
          "  %-20s %-8s %s %s%n",
          option.name(), option.type(), option.help(), String.join("|", option.constants()));
    }
  }
}
