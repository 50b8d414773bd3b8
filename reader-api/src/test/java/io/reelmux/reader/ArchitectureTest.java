package io.reelmux.reader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
      MediaReader.class.getProtectionDomain().getCodeSource().getLocation();

  private static final JavaClasses CLASSES = new ClassFileImporter().importUrl(OWN_CLASSES);

  @Test
  void import_module_findsClasses() {
    assertThat(CLASSES).hasSizeGreaterThan(40);
    assertThat(CLASSES.contain(MediaReader.class)).isTrue();
    assertThat(CLASSES.contain(FakeBackend.class)).as("tests are left out").isFalse();
  }

  @Test
  void classes_module_dependOnTheJdkJspecifyAndTheEncodersApiOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations",
            "io.reelmux",
            "io.reelmux.internal",
            "io.reelmux.cut",
            "io.reelmux.reader",
            "io.reelmux.reader.spi",
            "io.reelmux.reader.internal")
        .because("the API has no dependency that a caller must carry")
        .check(CLASSES);
  }

  @Test
  void packages_module_areTheApiTheSpiAndOneInternal() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "io.reelmux.cut",
            "io.reelmux.reader",
            "io.reelmux.reader.spi",
            "io.reelmux.reader.internal");
  }

  @Test
  void classes_cut_useThePublicApiOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.cut")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.reelmux.spi",
            "io.reelmux.internal",
            "io.reelmux.reader.spi",
            "io.reelmux.reader.internal")
        .because("what cuts and joins is a program that uses the encoder and the reader")
        .check(CLASSES);
  }

  @Test
  void classes_reader_doNotKnowCuts() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.reader..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.reelmux.cut")
        .check(CLASSES);
  }

  @Test
  void classes_internal_knowTheValuesButNotTheReaders() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.reader.internal")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            MediaReader.class,
            StreamReader.class,
            VideoReader.class,
            AudioReader.class,
            FrameCursor.class,
            MediaCursor.class,
            PacketCursor.class)
        .because("the readers use the engine, not the other way round")
        .check(CLASSES);
  }

  @Test
  void classes_spi_doNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.reelmux.reader.spi")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.reelmux.reader.internal", "io.reelmux.internal")
        .because("a backend sees values only")
        .check(CLASSES);
  }

  @Test
  void classes_awt_areInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("FrameImages")
        .and()
        .doNotHaveSimpleName("ImageFrames")
        .and()
        .doNotBelongToAnyOf(ReadFrame.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..")
        .because("reading and cutting work without the module java.desktop")
        .check(CLASSES);
  }

  @Test
  void moduleInfo_module_exportsTheApiAndTheSpiOnly() throws URISyntaxException {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of(OWN_CLASSES.toURI()))
            .find("io.reelmux.reader")
            .orElseThrow()
            .descriptor();

    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::isQualified)
        .containsExactlyInAnyOrder(
            tuple("io.reelmux.cut", false),
            tuple("io.reelmux.reader", false),
            tuple("io.reelmux.reader.spi", false));
  }

  @Test
  void packages_module_areNullMarked() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allSatisfy(this::assertNullMarked);
  }

  @Test
  void publicClasses_module_areFinal() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotBelongToAnyOf(ReaderException.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  private void assertNullMarked(JavaPackage javaPackage) {
    assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName()).isTrue();
  }
}
