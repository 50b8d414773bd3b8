package io.reelmux.reader.ffmpeg;

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
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.reader.ffmpeg.internal.av.FfmpegInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packages of the reader's backend and the dependencies allowed between them. */
class ArchitectureTest {
  private static final String INTERNAL = "io.reelmux.reader.ffmpeg.internal";

  private static final JavaClasses IMPORTED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reelmux.reader.ffmpeg");

  @Test
  void import_findsTheBackend() {
    assertThat(IMPORTED.size()).isGreaterThan(40);
    assertThat(IMPORTED.contain(FfmpegReaderBackend.class)).isTrue();
  }

  @Test
  void packages_dependDownwardOnly() {
    dependsOnlyOn("av");
    dependsOnlyOn("source", "av");
    dependsOnlyOn("demux", "source", "av");
    dependsOnlyOn("index", "demux", "av");
    dependsOnlyOn("video", "av");
    dependsOnlyOn("decode", "video", "index", "demux", "source", "av");
    dependsOnlyOn("audio", "decode", "index", "demux", "source", "av");
  }

  private void dependsOnlyOn(String name, String... below) {
    List<String> allowed =
        new ArrayList<>(
            List.of(
                INTERNAL + "." + name,
                "io.reelmux",
                "io.reelmux.reader",
                "io.reelmux.reader.spi",
                "io.reelmux.spi",
                "io.reelmux.ffmpeg..",
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
        .check(IMPORTED);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.reelmux.reader.ffmpeg.(**)").should().beFreeOfCycles().check(IMPORTED);
  }

  @Test
  void nativeOwners_areExtendedOnlyInAvAndSource() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INTERNAL + ".av", INTERNAL + ".source")
        .should()
        .beAssignableTo(NativeOwner.class)
        .check(IMPORTED);
  }

  @Test
  void functionsOfFfmpeg_areCalledByOneClassOnly() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(FfmpegInput.class.getName())
        .should()
        .callMethodWhere(target(owner(resideInAPackage("org.bytedeco.ffmpeg.global"))))
        .check(IMPORTED);
  }
}
