package io.reelmux.ffmpeg;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get_by_name;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.reelmux.ffmpeg.internal.codec.KnownEncoders;
import io.reelmux.ffmpeg.internal.container.KnownContainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is known of an encoder or a container stands in one place: no other source names it in a
 * string. Bytecode does not show this, so the sources are read.
 */
class KnowledgeTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path INTERNAL = SOURCES.resolve("io/reelmux/ffmpeg/internal");

  /** Comments, or string literals in group 1. */
  private static final Pattern TOKEN =
      Pattern.compile("/\\*(?s:.*?)\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\])'|\"((?:\\\\.|[^\"\\\\])*)\"");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*");

  /** Names of codecs that FFmpeg does not use. */
  private static final Set<String> OTHER_CODEC_NAMES = Set.of("h265");

  /** The string literals of each source file. */
  private static final Map<Path, Set<String>> LITERALS = new HashMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> LITERALS.put(file, literals(file)));
    }
  }

  private static Set<String> literals(Path file) {
    try {
      Set<String> found = new HashSet<>();
      TOKEN
          .matcher(Files.readString(file))
          .results()
          .filter(match -> match.group(1) != null)
          .forEach(match -> found.add(match.group(1)));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name that a codec or a container has as well is known to containers too. */
  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.internal.codec.KnownEncoders#names")
  void encoder_isNamedInOneClass(String encoder) {
    assertThat(classesNaming(encoder).filter(file -> !isShared(encoder) || !isContainer(file)))
        .as(encoder)
        .hasSize(1)
        .allMatch(KnowledgeTest::isCodec);
  }

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.internal.container.KnownContainers#names")
  void container_isNamedInItsPackageOnly(String container) {
    assumeFalse(isShared(container), "the codec package names a codec or an encoder");
    Set<Path> users =
        LITERALS.entrySet().stream()
            .filter(entry -> entry.getValue().contains(container))
            .map(Map.Entry::getKey)
            .collect(toSet());

    assertThat(users).as(container).allMatch(KnowledgeTest::isContainer);
  }

  @Test
  void sources_areFound() {
    assertThat(LITERALS).hasSizeGreaterThan(40);
    assertThat(classesNaming("matroska")).isNotEmpty();
  }

  private static Stream<Path> classesNaming(String word) {
    return LITERALS.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(text -> words(text).contains(word)))
        .map(Map.Entry::getKey);
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text).results().map(match -> match.group()).collect(toSet());
  }

  /** Returns whether a codec has this name, or both an encoder and a container have it. */
  private static boolean isShared(String name) {
    AVCodecDescriptor codec = avcodec_descriptor_get_by_name(name);
    return (codec != null && !codec.isNull())
        || OTHER_CODEC_NAMES.contains(name)
        || (KnownEncoders.names().anyMatch(name::equals)
            && KnownContainers.names().anyMatch(name::equals));
  }

  private static boolean isCodec(Path file) {
    return isIn(file, "codec");
  }

  private static boolean isContainer(Path file) {
    return isIn(file, "container");
  }

  private static boolean isIn(Path file, String folder) {
    return file.startsWith(INTERNAL.resolve(folder));
  }
}
