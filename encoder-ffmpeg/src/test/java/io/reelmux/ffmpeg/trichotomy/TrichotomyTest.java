package io.reelmux.ffmpeg.trichotomy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.StreamOptions;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every setting of every encoder in every container: ffprobe reads it in the file, or opening was
 * refused, or a note names it. Every build tries some encoders in some containers; the {@code
 * stress} profile tries all that need no hardware, by a {@link Plan}, and writes the counts to
 * {@code target/trichotomy}, from where they are copied to docs/trichotomy.tsv.
 */
@RequiresFfmpegCli
class TrichotomyTest {
  private static final Set<String> SOME_ENCODERS =
      Set.of("libx264", "libopenh264", "mpeg4", "libvpx-vp9", "aac", "flac", "pcm_s16le");
  private static final List<String> SOME_CONTAINERS =
      List.of("mp4", "matroska", "webm", "mpegts", "avi", "wav");

  @TempDir Path folder;

  @Test
  void everySetting_isSeenRefusedOrNoted() throws Exception {
    boolean all = Reliability.isLongRun();
    EncoderCatalog catalog = EncoderCatalog.load();
    Walk walk = new Walk(folder, all ? Plan.sample() : Plan.whole());
    for (StreamKind kind : List.of(StreamKind.VIDEO, StreamKind.AUDIO)) {
      for (EncoderInfo info : catalog.encoders(kind)) {
        if (all ? !isHardware(info) : SOME_ENCODERS.contains(info.name())) {
          for (String container : all ? Plan.order(catalog.containers(), info) : SOME_CONTAINERS) {
            walk.pair(info, container);
          }
        }
      }
    }
    if (all) {
      record(walk);
    }

    assertThat(walk.silent()).filteredOn(where -> !KnownGaps.contains(where)).isEmpty();
    assertThat(walk.byWriter()).filteredOn(where -> !KnownGaps.needsNewReader(where)).isEmpty();
    assertThat(walk.verdicts()).hasSizeGreaterThan(500);
  }

  /** They need a GPU, or an operating system of their own. */
  static boolean isHardware(EncoderInfo info) {
    return info.name()
        .matches(".*_(nvenc|amf|qsv|vaapi|v4l2m2m|vulkan|mf|d3d12va|videotoolbox|at)");
  }

  private static void record(Walk walk) throws IOException {
    Path file =
        Files.createDirectories(Path.of("target", "trichotomy"))
            .resolve(Reliability.license() + ".tsv");
    Files.write(file, Counts.rows(Reliability.license(), walk.verdicts()));
  }

  @Test
  void everyMethodOfTheBuilders_isSeenOrCoveredElsewhere() {
    Set<String> methods = new TreeSet<>();
    methods.addAll(settings("StreamOptions", StreamOptions.Builder.class));
    methods.addAll(settings("VideoOptions", VideoOptions.Builder.class));
    methods.addAll(settings("AudioOptions", AudioOptions.Builder.class));
    methods.addAll(settings("Encoder", Encoder.Builder.class));
    Set<String> seen =
        Arrays.stream(StreamKind.values())
            .filter(kind -> kind != StreamKind.SUBTITLE)
            .flatMap(kind -> Settings.of(kind).stream())
            .map(Setting::method)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> covered = new TreeSet<>(Settings.UNSEEN.keySet());

    assertThat(covered).doesNotContainAnyElementsOf(seen);
    covered.addAll(seen);
    // values that the factories receive
    covered.removeIf(
        name -> name.matches("VideoOptions\\.width|AudioOptions\\.(sampleRate|channels)"));
    assertThat(covered).isEqualTo(methods);
  }

  private static Set<String> settings(String owner, Class<?> builder) {
    return Arrays.stream(builder.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .map(Method::getName)
        .filter(Predicate.not(name -> name.matches("build|unset.*|clear.*")))
        .map(name -> owner + "." + name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyMethodThatIsNotSeen_isCalledByItsTest() throws IOException {
    Set<String> missing = new TreeSet<>(Settings.UNSEEN.keySet());
    for (String module : List.of("encoder-api", "encoder-ffmpeg", "encoder-cuda")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test"))) {
        for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
          String test = file.getFileName().toString().replace(".java", "");
          String text = Files.readString(file);
          missing.removeIf(
              method ->
                  test.equals(Settings.UNSEEN.get(method))
                      && text.contains(method.substring(method.indexOf('.')) + "("));
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
