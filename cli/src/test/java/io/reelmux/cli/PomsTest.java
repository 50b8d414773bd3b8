package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the POMs say twice is the same, and what Maven Central asks for is there. */
class PomsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> RELEASED =
      List.of(
          "encoder-api",
          "encoder-ffmpeg",
          "encoder-cuda",
          "encoder-adapters",
          "encoder-spark",
          "reader-api",
          "reader-ffmpeg",
          "cli",
          "lgpl",
          "gpl");

  private static String pom(String module) throws IOException {
    return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
  }

  private static String value(String pom, String element) {
    Matcher matcher = Pattern.compile("<" + Pattern.quote(element) + ">([^<]*)</").matcher(pom);
    assertThat(matcher.find()).as(element).isTrue();
    return matcher.group(1);
  }

  private static String block(String pom, String element) {
    int start = pom.indexOf("\n  <" + element + ">");
    assertThat(start).as(element).isPositive();
    return pom.substring(start, pom.indexOf("\n  </" + element + ">", start));
  }

  @Test
  void bom_hasTheVersionsOfTheBuild() throws IOException {
    String parent = pom(".");
    String bom = pom("bom");

    for (String version :
        List.of(
            "version",
            "javacpp.version",
            "ffmpeg.version",
            "cuda.version",
            "project.build.outputTimestamp",
            "url")) {
      assertThat(value(bom, version)).as(version).isEqualTo(value(parent, version));
    }
    for (String block : List.of("licenses", "developers", "scm")) {
      assertThat(block(bom, block)).isEqualTo(block(parent, block));
    }
    for (String module : RELEASED) {
      String artifact =
          value(pom(module).replaceFirst("(?s)<parent>.*</parent>", ""), "artifactId");
      assertThat(bom).contains("<artifactId>" + artifact + "</artifactId>");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder-api",
        "encoder-ffmpeg",
        "encoder-cuda",
        "reader-api",
        "reader-ffmpeg",
        "cli",
        "lgpl",
        "gpl",
        "bom"
      })
  void released_isDescribed(String module) throws IOException {
    String pom = pom(module).replaceFirst("(?s)<parent>.*?</parent>", "");

    assertThat(value(pom, "name")).startsWith("Reelmux ");
    assertThat(value(pom, "description")).endsWith(".");
  }

  @Test
  void everyModule_isReleasedOrSaysThatItIsNot() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(it -> Files.exists(it.resolve("pom.xml"))).toList()) {
        String name = module.getFileName().toString();
        if (!RELEASED.contains(name) && !name.equals("bom")) {
          assertThat(pom(name)).as(name).contains("<maven.deploy.skip>true");
          assertThat(pom(".")).contains("<excludeArtifact>" + name + "</excludeArtifact>");
        }
      }
    }
  }
}
