package io.reelmux.cuda;

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
import io.reelmux.cuda.internal.driver.Cuda;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The packages of the module, and which dependencies between them are allowed. */
class ArchitectureTest {
  private static final String INTERNAL = "io.reelmux.cuda.internal";

  private static final JavaClasses IMPORTED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reelmux.cuda");

  @Test
  void import_findsTheModule() {
    assertThat(IMPORTED.size()).isGreaterThan(20);
    assertThat(IMPORTED.contain(CudaFrames.class)).isTrue();
  }

  @Test
  void driver_doesNotDependOnEncoding() {
    classes()
        .that()
        .resideInAPackage(INTERNAL + ".driver")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            INTERNAL + ".driver",
            "io.reelmux",
            "io.reelmux.ffmpeg.internal.av",
            "org.bytedeco..",
            "org.jspecify..",
            "java..")
        .check(IMPORTED);
  }

  @Test
  void kernel_dependsOnTheDriverOnly() {
    classes()
        .that()
        .resideInAPackage(INTERNAL + ".kernel")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            INTERNAL + ".kernel",
            INTERNAL + ".driver",
            "io.reelmux",
            "org.bytedeco..",
            "org.jspecify..",
            "java..")
        .check(IMPORTED);
  }

  @Test
  void nvenc_doesNotDependOnTheBindings() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL + ".nvenc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco.cuda..", INTERNAL + ".driver", INTERNAL + ".kernel")
        .check(IMPORTED);
  }

  @Test
  void driverFunctions_areCalledByOneClassOnly() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Cuda.class)
        .should()
        .callMethodWhere(target(owner(resideInAPackage("org.bytedeco.cuda.global.."))))
        .check(IMPORTED);
    assertThat(IMPORTED.get(Cuda.class).getMethodCallsFromSelf())
        .extracting(call -> call.getTarget().getOwner().getName())
        .contains("org.bytedeco.cuda.global.cudart");
  }

  @Test
  void functionsOfFfmpeg_areCalledThroughTheFfmpegBackend() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(resideInAPackage("org.bytedeco.ffmpeg.global.."))))
        .check(IMPORTED);
  }

  @Test
  void owners_areInTheDriverPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL + ".driver")
        .should()
        .beAssignableTo(NativeOwner.class)
        .check(IMPORTED);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.reelmux.cuda.(**)").should().beFreeOfCycles().check(IMPORTED);
  }

  @Test
  void module_exportsTheApiPackageOnly() throws IOException {
    Path description = Path.of("target", "classes", "module-info.class");
    try (InputStream in = Files.newInputStream(description)) {
      assertThat(ModuleDescriptor.read(in).exports())
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactly("io.reelmux.cuda");
    }
  }
}
