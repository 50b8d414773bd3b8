package io.reelmux.ffmpeg;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reelmux.ffmpeg.internal.av.Ffmpeg;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The packages of the backend and the dependencies allowed between them. */
class ArchitectureTest {
  private static final String INTERNAL = "io.reelmux.ffmpeg.internal";
  private static final String SPI = "io.reelmux.ffmpeg.spi";

  private static final JavaClasses IMPORTED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reelmux.ffmpeg");

  @Test
  void import_findsTheBackend() {
    assertThat(IMPORTED.size()).isGreaterThan(40);
    assertThat(IMPORTED.contain(FfmpegBackend.class)).isTrue();
  }

  @Test
  void av_doesNotDependOnEncoding() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".av")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            INTERNAL,
            SPI,
            INTERNAL + ".option",
            INTERNAL + ".container",
            INTERNAL + ".codec",
            INTERNAL + ".video",
            INTERNAL + ".audio",
            INTERNAL + ".packet",
            INTERNAL + ".subtitle",
            INTERNAL + ".mux",
            INTERNAL + ".segment")
        .check(IMPORTED);
  }

  @Test
  void packages_dependDownwardOnly() {
    dependsOnlyOn("option", "av");
    dependsOnlyOn("container", "option", "av");
    dependsOnlyOn("codec", "container", "option", "av");
    dependsOnlyOn("video", SPI, "codec", "container", "option", "av");
    dependsOnlyOn("audio", "codec", "container", "option", "av");
    dependsOnlyOn("packet", "container", "av");
    dependsOnlyOn("subtitle", "container", "av");
    dependsOnlyOn("mux", "packet", "container", "option", "av");
    dependsOnlyOn("segment", "mux", "packet", "container", "av");
  }

  private void dependsOnlyOn(String name, String... below) {
    List<String> allowed =
        new ArrayList<>(
            List.of(
                INTERNAL + "." + name,
                "io.reelmux",
                "io.reelmux.spi",
                "org.bytedeco..",
                "org.jspecify..",
                "java.."));
    Arrays.stream(below)
        .map(lower -> lower.equals(SPI) ? SPI : INTERNAL + "." + lower)
        .forEach(allowed::add);
    classes()
        .that()
        .resideInAPackage(INTERNAL + "." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(IMPORTED);
  }

  @Test
  void spi_knowsNoImplementation() {
    classes()
        .that()
        .resideInAPackage(SPI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            SPI,
            INTERNAL + ".container",
            INTERNAL + ".av",
            "io.reelmux",
            "org.bytedeco..",
            "org.jspecify..",
            "java..")
        .check(IMPORTED);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.reelmux.ffmpeg.(**)").should().beFreeOfCycles().check(IMPORTED);
  }

  @Test
  void internalClasses_doNotUseEntryPoint() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + "..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(FfmpegBackend.class)
        .check(IMPORTED);
  }

  @Test
  void nativeOwners_areExtendedOnlyInAvAndMux() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INTERNAL + ".av", INTERNAL + ".mux")
        .should()
        .beAssignableTo(NativeOwner.class)
        .check(IMPORTED);
  }

  @Test
  void functionsOfFfmpeg_areCalledByOneClassOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Ffmpeg.class.getName())
        .should()
        .callMethodWhere(target(owner(resideInAPackage("org.bytedeco.ffmpeg.global"))))
        .check(IMPORTED);
  }

  @Test
  void avdevice_isNeverUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.bytedeco.ffmpeg.global.avdevice")
        .check(IMPORTED);
  }

  @Test
  void module_exportsEntryPointToAllAndInternalsToItsOtherModules() throws IOException {
    Path description = Path.of("target", "classes", "module-info.class");
    try (InputStream in = Files.newInputStream(description)) {
      assertThat(ModuleDescriptor.read(in).exports())
          .allMatch(
              export ->
                  export.isQualified()
                      ? Set.of("io.reelmux.cuda", "io.reelmux.reader.ffmpeg")
                          .containsAll(export.targets())
                      : export.source().equals("io.reelmux.ffmpeg"))
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactlyInAnyOrder(
              "io.reelmux.ffmpeg",
              SPI,
              INTERNAL + ".av",
              INTERNAL + ".codec",
              INTERNAL + ".container",
              INTERNAL + ".option",
              INTERNAL + ".packet",
              INTERNAL + ".video");
    }
  }
}
