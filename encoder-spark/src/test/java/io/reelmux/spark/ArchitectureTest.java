package io.reelmux.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules for the module's packages, classes and dependencies. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Clips.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void packages_module_areTwoAndNullMarked() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("io.reelmux.spark", "io.reelmux.spark.internal");
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .allMatch(one -> one.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void classes_module_useWhatTheClusterHasAndThePublicApi() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.imageio..",
            "scala..",
            "org.apache.spark..",
            "org.apache.hadoop..",
            "org.jspecify.annotations",
            "io.reelmux",
            "io.reelmux.cut",
            "io.reelmux.reader",
            "io.reelmux.spark",
            "io.reelmux.spark.internal")
        .check(CLASSES);
  }

  @Test
  void classes_internal_doNotKnowClips() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.spark.internal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.reelmux.spark")
        .check(CLASSES);
  }

  @Test
  void classes_publicOnes_areFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
