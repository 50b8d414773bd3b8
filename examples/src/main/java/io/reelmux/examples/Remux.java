package io.reelmux.examples;

import static java.util.Objects.requireNonNull;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.VideoInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Copies video and audio into another container without encoding them again. A part is cut at key
 * frames: it begins at or before the time that is asked for, and ends at or after.
 *
 * <pre>./mvnw -q package -Dexample=Remux -Dargs="in.mp4 out.mkv 10 20"</pre>
 */
public final class Remux {

  /**
   * Runs the program.
   *
   * @param args the file, the file to write, and optionally a part: from and to, in seconds
   * @throws IOException if the file cannot be read, or the other one cannot be written
   */
  public static void main(String[] args) throws IOException {
    try (MediaReader in = MediaReader.open(Path.of(args[0]));
        Encoder out = Encoder.create()) {
      Map<StreamInfo, PacketInput> inputs = new LinkedHashMap<>();
      for (StreamInfo stream : in.info().streams()) {
        if (stream instanceof OtherInfo || stream.facts().packets().isEmpty()) {
          System.out.printf("stream %d (%s) is left out%n", stream.index(), stream.codec());
        } else {
          inputs.put(stream, out.addPackets(stream.facts().packets().get()));
        }
      }
      out.openFile(Path.of(args[1]));
      PacketCursor packets = in.packets(inputs.keySet().toArray(StreamInfo[]::new));
      if (args.length < 4) {
        while (packets.next()) {
          requireNonNull(inputs.get(packets.stream())).add(packets.packet());
        }
      } else {
        Duration start = in.info().start().orElse(Duration.ZERO);
        packets.seek(start.plus(seconds(args[2])));
        copyPart(packets, inputs, start.plus(seconds(args[3])));
      }
      out.finish().notes().forEach(System.out::println);
    }
  }

  /** Copies from the key frame at the cursor until before the first key frame after a time. */
  private static void copyPart(
      PacketCursor packets, Map<StreamInfo, PacketInput> inputs, Duration to) throws IOException {
    boolean video = inputs.keySet().stream().anyMatch(VideoInfo.class::isInstance);
    Duration from = null;
    Duration end = null;
    while (packets.next()) {
      Packet packet = packets.packet();
      Duration time = packet.time();
      boolean leads = video == packets.stream() instanceof VideoInfo;
      from = from == null && leads && packet.keyFrame() ? time : from;
      end = end == null && leads && packet.keyFrame() && time.compareTo(to) >= 0 ? time : end;
      if (end != null && time.compareTo(end.plusSeconds(1)) > 0) {
        return; // audio may be stored up to a second late
      }
      boolean before = end == null || (!leads && time.compareTo(end) < 0);
      if (from != null && time.compareTo(from) >= 0 && before) {
        long shift = packet.stream().timeBase().toTicks(from);
        packet = packet.withTimes(packet.pts() - shift, packet.dts() - shift);
        requireNonNull(inputs.get(packets.stream())).add(packet);
      }
    }
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text)));
  }
}
