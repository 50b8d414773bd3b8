package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
    int start = pom.indexOf('>', pom.indexOf("\n  <" + element));
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

  /** The rest is inherited, as it is: without the inherit attributes, Maven appends paths. */
  @Test
  void released_hasWhatMavenCentralAsksFor() throws IOException {
    for (String module : Stream.concat(RELEASED.stream(), Stream.of("bom")).toList()) {
      String pom = pom(module).replaceFirst("(?s)<parent>.*?</parent>", "");

      assertThat(value(pom, "name")).as(module).startsWith("Reelmux ");
      assertThat(value(pom, "description")).as(module).endsWith(".");
    }
    String parent = pom(".");
    for (String element : List.of("name", "description", "url", "licenses", "developers", "scm")) {
      assertThat(parent).contains("\n  <" + element);
    }
    for (String place :
        List.of("project.url", "scm.connection", "scm.developerConnection", "scm.url")) {
      assertThat(parent).contains("child." + place + ".inherit.append.path=\"false\"");
    }
  }

  @Test
  void pages_nameTheVersion() throws IOException {
    Pattern version =
        Pattern.compile(
            "<groupId>io.reelmux</groupId>\\s*<artifactId>[^<]*</artifactId>\\s*<version>([^<]*)<"
                + "|io.reelmux:[a-z-]+:([0-9][^\"]*)\"|getOrElse\\(\"([^\"]*)\"");
    List<String> named = new ArrayList<>();
    List<Path> pages = new ArrayList<>();
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("consumer/gradle/build.gradle.kts"));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    for (Path page : pages) {
      for (MatchResult each : version.matcher(Files.readString(page)).results().toList()) {
        for (int i = 1; i <= each.groupCount(); i++) {
          Optional.ofNullable(each.group(i)).ifPresent(named::add);
        }
      }
    }

    assertThat(named).hasSizeGreaterThan(5).containsOnly(value(pom("."), "version"));
  }

  /** Gradle is not run here; what its build names is what Maven builds. */
  @Test
  void gradle_namesArtifactsThatExist() throws IOException {
    String gradle = Files.readString(ROOT.resolve("consumer/gradle/build.gradle.kts"));
    String readme = Files.readString(ROOT.resolve("README.md"));
    String bom = pom("bom");
    Pattern coordinates =
        Pattern.compile(
            "(?:platform|implementation|runtimeOnly)\\(\"([^:\"]+):([^:\"]+)(:[^\"]*)?\"");
    int count = 0;
    for (String text : List.of(gradle, readme)) {
      for (MatchResult each : coordinates.matcher(text).results().toList()) {
        count++;
        String[] rest = Objects.toString(each.group(3), "").split(":", -1);
        String artifact = "<artifactId>" + each.group(2) + "</artifactId>";
        assertThat(bom).contains("<groupId>" + each.group(1) + "</groupId>").contains(artifact);
        if (rest.length == 3) {
          assertThat(bom)
              .containsPattern(artifact + "\\s*<version>[^<]*</version>\\s*<classifier>" + rest[2]);
        }
      }
    }
    assertThat(count).isEqualTo(11);
    assertThat(gradle.chars().filter(c -> c == '{').count())
        .isEqualTo(gradle.chars().filter(c -> c == '}').count());
    assertThat(Files.readString(ROOT.resolve("consumer/gradle/src/main/java/example/Main.java")))
        .isEqualTo(
            Files.readString(ROOT.resolve("consumer/class-path/src/main/java/example/Main.java")));
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
