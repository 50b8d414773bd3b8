package io.reelmux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.reelmux.internal.HostDestination;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules for the module's packages, classes and dependencies. */
class ArchitectureTest {
  /** Neither tests nor other modules, which share the package prefix. */
  private static final URL OWN_CLASSES =
      Encoder.class.getProtectionDomain().getCodeSource().getLocation();

  private static final JavaClasses CLASSES = new ClassFileImporter().importUrl(OWN_CLASSES);

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
            "javax.sound.sampled",
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
  void classes_internal_knowTheValuesButNotTheEncoder() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.internal")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Encoder.class, VideoStream.class, AudioStream.class)
        .because("the encoder and its streams use the engine, not the other way round")
        .check(CLASSES);
  }

  @Test
  void moduleInfo_module_exportsTheApiAndTheSpiAndTheEngineToTheReader() throws URISyntaxException {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of(OWN_CLASSES.toURI())).find("io.reelmux").orElseThrow().descriptor();

    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::isQualified)
        .containsExactlyInAnyOrder(
            tuple("io.reelmux", false),
            tuple("io.reelmux.spi", false),
            tuple("io.reelmux.internal", true));
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
        .doNotBelongToAnyOf(
            SeekableOutputStream.class,
            StreamOptions.class,
            LibraryException.class,
            HostDestination.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  private void assertNullMarked(JavaPackage javaPackage) {
    assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName()).isTrue();
  }
}
