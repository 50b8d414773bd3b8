package io.reelmux.adapters;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.testing.ChildJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each adapter requires its own library and no other. */
class OptionalLibrariesTest {

  /** Uses one adapter. */
  public static final class OneAdapter {
    private OneAdapter() {}

    /** Prints a color of an image of JavaFX. */
    public static void main(String[] args) {
      VideoFrame frame = VideoFrame.of(PixelLayout.RGB24, 1, 1, new byte[] {1, 2, 3});
      int argb = JavaFxImages.toImage(frame).getPixelReader().getArgb(0, 0);
      System.out.println(Integer.toHexString(argb));
    }
  }

  @Test
  void adapter_withoutTheOtherLibraries_works() {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*[/\\\\](bytedeco|ai)[/\\\\].*"))
            .collect(Collectors.joining(File.pathSeparator));

    ChildJvm.Result result =
        ChildJvm.of(OneAdapter.class).classPath(classPath).run(Duration.ofMinutes(1));

    assertThat(classPath).contains("javafx").doesNotContain("opencv");
    assertThat(result.lines()).containsExactly("ff010203");
  }

  @Test
  void classes_eachAdapter_dependsOnItsOwnLibraryOnly() {
    JavaClasses all =
        new ClassFileImporter()
            .importUrl(OpenCvMats.class.getProtectionDomain().getCodeSource().getLocation());
    requireOnly(all, "DjlArrays", "ai.djl..");
    requireOnly(all, "FrameBytes");
    requireOnly(all, "JavaCvFrames.*", "org.bytedeco.javacv", "org.bytedeco.javacpp..");
    requireOnly(all, "JavaFxImages.*", "javafx..");
    requireOnly(all, "OpenCvMats", "org.bytedeco.opencv..", "org.bytedeco.javacpp..");
  }

  private static void requireOnly(JavaClasses all, String name, String... libraries) {
    String[] allowed =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "java..",
                    "org.jspecify..",
                    "io.reelmux",
                    "io.reelmux.spi",
                    "io.reelmux.adapters"),
                Arrays.stream(libraries))
            .toArray(String[]::new);
    classes()
        .that()
        .haveNameMatching("io\\.reelmux\\.adapters\\." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(all);
  }

  @Test
  void pom_everyLibrary_isOptional() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String[] dependencies = pom.split("<dependency>", -1);

    for (String dependency : dependencies) {
      if (dependency.matches("(?s).*<groupId>(org.bytedeco|ai.djl|org.openjfx)</groupId>.*")) {
        assertThat(dependency).containsPattern("<optional>true</optional>|<scope>test</scope>");
      }
    }
    assertThat(dependencies).hasSizeGreaterThan(10);
  }
}
