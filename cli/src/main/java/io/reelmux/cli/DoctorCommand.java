package io.reelmux.cli;

import com.google.gson.JsonObject;
import io.reelmux.DeviceEncoder;
import io.reelmux.DeviceInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Tells what this machine can encode and decode, and what is missing. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = "Tells what this machine can encode and decode, and what is missing.",
    footer = {"%nExamples:", "  reelmux doctor", "  reelmux doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  /** FFmpeg's names of the codecs that most people ask for, and the usual ones. */
  private static final Map<String, String> COMMON_VIDEO = new LinkedHashMap<>();

  private static final Map<String, String> COMMON_AUDIO = new LinkedHashMap<>();

  static {
    COMMON_VIDEO.put("h264", "H.264");
    COMMON_VIDEO.put("hevc", "H.265");
    COMMON_VIDEO.put("av1", "AV1");
    COMMON_VIDEO.put("vp9", "VP9");
    COMMON_VIDEO.put("vp8", "VP8");
    COMMON_VIDEO.put("prores", "ProRes");
    COMMON_VIDEO.put("ffv1", "FFV1");
    COMMON_VIDEO.put("mpeg4", "MPEG-4");
    COMMON_VIDEO.put("mjpeg", "Motion JPEG");
    COMMON_VIDEO.put("gif", "GIF");
    COMMON_AUDIO.put("aac", "AAC");
    COMMON_AUDIO.put("mp3", "MP3");
    COMMON_AUDIO.put("opus", "Opus");
    COMMON_AUDIO.put("vorbis", "Vorbis");
    COMMON_AUDIO.put("flac", "FLAC");
    COMMON_AUDIO.put("ac3", "AC-3");
    COMMON_AUDIO.put("pcm_s16le", "PCM");
  }

  @ParentCommand private @Nullable ReelmuxCommand root;

  @Override
  public Integer call() throws IOException {
    Console console = Objects.requireNonNull(root).console();
    Diagnosis found = Diagnosis.make();
    if (console.isJson()) {
      console.out().println(Json.page(json(found)));
    } else {
      print(console, found);
    }
    return found.failure().isPresent() ? Failures.FAILURE : 0;
  }

  private static void print(Console console, Diagnosis found) {
    row(console, "reelmux", Version.of());
    row(console, "java", java());
    row(console, "system", system());
    row(console, "cache", FfmpegBuild.cacheDirectory());
    found.natives().forEach(jar -> row(console, "natives", jar));
    if (found.failure().isPresent()) {
      row(console, "ffmpeg", "NOT USABLE: " + found.failure().get());
      return;
    }
    row(console, "ffmpeg", found.backend());
    found.directory().ifPresent(directory -> row(console, "loaded from", directory));
    found.libraries().forEach((name, version) -> row(console, name, version));
    console.line("");
    console.line("%-14s %-40s %s", "codec", "encoders", "decoder");
    COMMON_VIDEO.forEach(
        (name, text) ->
            codec(
                console,
                text,
                found.videoEncoders().get(name),
                found.videoDecoders().contains(name)));
    COMMON_AUDIO.forEach(
        (name, text) ->
            codec(
                console,
                text,
                found.audioEncoders().get(name),
                found.audioDecoders().contains(name)));
    console.line(
        "and others: %d video and %d audio codecs encoded, %d and %d decoded, %d containers; --json"
            + " lists them",
        found.videoEncoders().size(),
        found.audioEncoders().size(),
        found.videoDecoders().size(),
        found.audioDecoders().size(),
        found.containers().size());
    console.line("");
    found.gpus().forEach(gpu -> gpu(console, gpu));
    found.gpuReason().ifPresent(reason -> row(console, "gpu", "not used: " + reason));
  }

  private static void row(Console console, String name, String value) {
    console.line("%-14s %s", name, value);
  }

  private static void codec(
      Console console, String name, @Nullable List<String> encoders, boolean decoder) {
    String names = encoders == null ? "none" : String.join(", ", encoders);
    console.line("%-14s %-40s %s", name, names, decoder ? "yes" : "no");
  }

  private static void gpu(Console console, DeviceInfo gpu) {
    String encoders =
        gpu.unavailableReason()
            .map(reason -> "not used: " + reason)
            .orElseGet(
                () -> String.join(", ", gpu.encoders().stream().map(DeviceEncoder::name).toList()));
    row(
        console,
        gpu.device().toString(),
        gpu.name() + ", driver " + gpu.driver() + ": " + encoders);
  }

  private static String java() {
    return System.getProperty("java.version")
        + ", "
        + System.getProperty("java.vendor")
        + ", "
        + System.getProperty("java.home");
  }

  private static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", "
        + FfmpegBuild.platform()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }

  private static JsonObject json(Diagnosis found) {
    Json json =
        new Json()
            .put("reelmux", Version.of())
            .put("java", System.getProperty("java.version"))
            .put("javaVendor", System.getProperty("java.vendor"))
            .put("javaHome", System.getProperty("java.home"))
            .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .put("platform", FfmpegBuild.platform())
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("cacheDirectory", FfmpegBuild.cacheDirectory())
            .put("natives", Json.texts(found.natives()))
            .put("usable", found.failure().isEmpty())
            .put("failure", found.failure());
    if (found.failure().isPresent()) {
      return json.object();
    }
    return json.put("ffmpeg", found.backend())
        .put("directory", found.directory())
        .put("libraries", found.libraries())
        .put("videoEncoders", lists(found.videoEncoders()))
        .put("audioEncoders", lists(found.audioEncoders()))
        .put("videoDecoders", Json.texts(found.videoDecoders()))
        .put("audioDecoders", Json.texts(found.audioDecoders()))
        .put("containers", Json.texts(found.containers()))
        .put("gpus", Json.array(found.gpus(), DoctorCommand::json))
        .put("gpuUnavailable", found.gpuReason())
        .object();
  }

  private static JsonObject lists(Map<String, List<String>> names) {
    JsonObject object = new JsonObject();
    names.forEach((name, values) -> object.add(name, Json.texts(values)));
    return object;
  }

  private static JsonObject json(DeviceInfo gpu) {
    return new Json()
        .put("device", gpu.device().toString())
        .put("name", gpu.name())
        .put("memoryBytes", gpu.memoryBytes())
        .put("driver", gpu.driver())
        .put("unavailable", gpu.unavailableReason())
        .put("encoders", Json.texts(gpu.encoders().stream().map(DeviceEncoder::name).toList()))
        .object();
  }
}
