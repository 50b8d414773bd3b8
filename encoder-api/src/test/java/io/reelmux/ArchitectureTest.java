package io.reelmux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules for the module's packages, classes and dependencies. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.reelmux");

  @Test
  void import_module_findsClasses() {
    assertThat(CLASSES).hasSizeGreaterThan(40);
    assertThat(CLASSES.contain(Encoder.class)).isTrue();
    assertThat(CLASSES.contain(FakeBackend.class)).as("tests are left out").isFalse();
  }

  @Test
  void classes_module_dependOnTheJdkAndJspecifyOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations",
            "io.reelmux",
            "io.reelmux.spi",
            "io.reelmux.internal")
        .because("the API has no dependency that a caller must carry")
        .check(CLASSES);
  }

  @Test
  void classes_module_doNotDependOnABackend() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "io.reelmux.ffmpeg..", "io.reelmux.cuda..")
        .because("backends are found, not known")
        .check(CLASSES);
  }

  @Test
  void packages_module_areTheApiTheSpiAndOneInternal() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("io.reelmux", "io.reelmux.spi", "io.reelmux.internal");
  }

  @Test
  void packages_module_areNullMarked() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allSatisfy(this::assertNullMarked);
  }

  @Test
  void publicClasses_module_areFinalOrExtensible() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotBelongToAnyOf(SeekableOutputStream.class, StreamOptions.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  private void assertNullMarked(JavaPackage javaPackage) {
    assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName()).isTrue();
  }
}
