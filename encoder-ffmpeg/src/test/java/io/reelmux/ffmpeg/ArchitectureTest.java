package io.reelmux.ffmpeg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

/** The packages of the backend and their allowed dependencies. */
class ArchitectureTest {
  private static final String INTERNAL = "io.reelmux.ffmpeg.internal";

  private final JavaClasses imported =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reelmux.ffmpeg");

  @Test
  void import_findsTheBackend() {
    assertThat(imported.size()).isGreaterThan(40);
    assertThat(imported.contain(FfmpegBackend.class)).isTrue();
  }

  @Test
  void av_knowsNothingOfEncoding() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".av")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            INTERNAL,
            INTERNAL + ".option",
            INTERNAL + ".container",
            INTERNAL + ".codec",
            INTERNAL + ".video",
            INTERNAL + ".audio",
            INTERNAL + ".mux")
        .check(imported);
  }

  @Test
  void packages_dependDownwardOnly() {
    dependsOnlyOn("option", "av");
    dependsOnlyOn("container", "option", "av");
    dependsOnlyOn("codec", "container", "option", "av");
    dependsOnlyOn("video", "codec", "container", "option", "av");
    dependsOnlyOn("audio", "codec", "container", "option", "av");
    dependsOnlyOn("mux", "container", "option", "av");
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
    Arrays.stream(below).map(lower -> INTERNAL + "." + lower).forEach(allowed::add);
    classes()
        .that()
        .resideInAPackage(INTERNAL + "." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(imported);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.reelmux.ffmpeg.(**)").should().beFreeOfCycles().check(imported);
  }

  @Test
  void internalClasses_doNotUseTheEntryPoint() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + "..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(FfmpegBackend.class)
        .check(imported);
  }

  @Test
  void owners_areInAvAndMuxOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INTERNAL + ".av", INTERNAL + ".mux")
        .should()
        .beAssignableTo(NativeOwner.class)
        .check(imported);
  }

  @Test
  void avdevice_isNeverTouched() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.bytedeco.ffmpeg.global.avdevice")
        .check(imported);
  }

  @Test
  void module_exportsTheEntryPointToAllAndInternalsToTheCudaModule() throws IOException {
    Path description = Path.of("target", "classes", "module-info.class");
    try (InputStream in = Files.newInputStream(description)) {
      assertThat(ModuleDescriptor.read(in).exports())
          .allMatch(
              export ->
                  export.isQualified()
                      ? export.targets().equals(Set.of("io.reelmux.cuda"))
                      : export.source().equals("io.reelmux.ffmpeg"))
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactlyInAnyOrder(
              "io.reelmux.ffmpeg",
              INTERNAL + ".av",
              INTERNAL + ".codec",
              INTERNAL + ".container",
              INTERNAL + ".video");
    }
  }
}
