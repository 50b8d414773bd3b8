package io.reelmux.cut;

import io.reelmux.PacketStreamInfo;
import io.reelmux.reader.VideoInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the streams of all chunks must have in common, by name. */
final class Forms {

  private Forms() {}

  /** The parameter sets in hexadecimal digits. */
  static List<String> parameterSets(PacketStreamInfo stream) {
    List<String> sets = new ArrayList<>();
    for (ByteBuffer set : stream.parameterSets()) {
      byte[] bytes = new byte[set.remaining()];
      set.get(bytes);
      sets.add(HexFormat.of().formatHex(bytes));
    }
    return sets;
  }

  /** What a file says of a chunk's stream. */
  static Map<String, String> of(VideoInfo video, PacketStreamInfo stream) {
    Map<String, String> form = new TreeMap<>();
    form.put("codec", stream.codec());
    form.put("size", stream.width() + "x" + stream.height());
    form.put("pixel format", video.pixelFormat());
    form.put("color", video.color().toString());
    form.put("HDR metadata", video.hdr().toString());
    form.put("sample aspect ratio", video.sampleAspectRatio().toString());
    form.put("field order", video.fieldOrder().toString());
    form.put("rotation", video.rotation() + (video.flipped() ? ", mirrored" : ""));
    form.put("profile", stream.profile().toString());
    form.put("parameter sets", String.join(" ", parameterSets(stream)));
    return form;
  }

  /**
   * Names what differs.
   *
   * @return each difference with both values; empty if there is none
   */
  static String differences(Map<String, String> one, Map<String, String> other) {
    List<String> all = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      String value = one.get(name);
      String expected = other.get(name);
      if (!Objects.equals(value, expected)) {
        all.add(name + " " + text(value) + " instead of " + text(expected));
      }
    }
    return String.join("; ", all);
  }

  private static String text(@Nullable String value) {
    return value == null ? "(not set)" : value;
  }
}
