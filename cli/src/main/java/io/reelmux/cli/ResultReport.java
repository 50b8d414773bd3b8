package io.reelmux.cli;

import com.google.gson.JsonObject;
import io.reelmux.EncodingResult;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints what was written. */
final class ResultReport {
  private final Console console;

  ResultReport(Console console) {
    this.console = console;
  }

  /**
   * Prints a result.
   *
   * @param notes what the command has to add to the result's own notes
   * @param wall how long it took
   */
  void print(String file, EncodingResult result, List<String> notes, Duration wall) {
    List<String> all =
        Stream.concat(notes.stream(), result.notes().stream())
            .map(console::shown)
            .distinct()
            .toList();
    if (console.isJson()) {
      console.json(json(file, result, all, wall));
      return;
    }
    console.line(
        "%s: %s, %.3f s, %d bytes, in %.2f s",
        file,
        result.container(),
        Json.seconds(result.duration()),
        result.bytes(),
        Json.seconds(wall));
    result.streams().forEach(stream -> console.line("  %s", text(stream)));
    all.forEach(note -> console.line("note: %s", note));
  }

  private static String text(StreamResult stream) {
    List<String> parts = new ArrayList<>();
    parts.add(stream.index() + ": " + stream.kind().name().toLowerCase(Locale.ROOT));
    parts.add(stream.codec());
    parts.add(stream.format());
    if (stream.width() > 0) {
      parts.add(stream.width() + "x" + stream.height());
    }
    stream.frameRate().ifPresent(rate -> parts.add(rate + " fps"));
    if (stream.kind() == StreamKind.VIDEO && stream.framesIn() > 0) {
      parts.add(stream.framesIn() + " frames");
    }
    if (stream.sampleRate() > 0) {
      parts.add(stream.sampleRate() + " Hz");
    }
    parts.add(stream.bytes() + " bytes");
    return String.join(", ", parts.stream().filter(part -> !part.isEmpty()).toList());
  }

  private static JsonObject json(
      String file, EncodingResult result, List<String> notes, Duration wall) {
    return new Json()
        .put("event", "result")
        .put("file", file)
        .put("container", result.container())
        .put("seconds", result.duration())
        .put("bytes", result.bytes())
        .put("elapsed", wall)
        .put("backend", result.backend())
        .put("streams", Json.array(result.streams(), ResultReport::json))
        .put("notes", Json.texts(notes))
        .object();
  }

  private static JsonObject json(StreamResult stream) {
    Json json =
        new Json()
            .put("index", stream.index())
            .put("kind", stream.kind().name().toLowerCase(Locale.ROOT))
            .put("codec", stream.codec())
            .put("format", stream.format());
    if (stream.width() > 0) {
      json.put("width", stream.width()).put("height", stream.height());
    }
    stream.frameRate().ifPresent(rate -> json.put("frameRate", rate.toString()));
    if (stream.sampleRate() > 0) {
      json.put("sampleRate", stream.sampleRate());
    }
    return json.put("framesIn", stream.framesIn())
        .put("samplesIn", stream.samplesIn())
        .put("packets", stream.packets())
        .put("bytes", stream.bytes())
        .put("seconds", stream.duration())
        .object();
  }
}
