package io.reelmux.ffmpeg.internal.codec;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncoderProfilesTest {

  @Test
  void all_containsAProfileOfEverySubclass() {
    Set<String> registered =
        EncoderProfiles.all().stream()
            .map(profile -> profile.getClass().getName())
            .collect(toSet());

    Set<String> written =
        new ClassFileImporter()
            .importPackages("io.reelmux.ffmpeg").stream()
                .filter(type -> type.isAssignableTo(EncoderProfile.class))
                .filter(type -> !type.isEquivalentTo(EncoderProfile.class))
                .map(JavaClass::getName)
                .collect(toSet());

    assertThat(written).hasSizeGreaterThan(8).isEqualTo(registered);
  }

  @Test
  void of_findsEachOfThemByItsName() {
    assertThat(EncoderProfiles.all())
        .doesNotHaveDuplicates()
        .extracting(EncoderProfile::encoder)
        .doesNotHaveDuplicates();
    assertThat(EncoderProfiles.all())
        .allSatisfy(
            profile ->
                assertThat(EncoderProfiles.of(profile.encoder()))
                    .hasSameClassAs(profile)
                    .extracting(EncoderProfile::encoder)
                    .isEqualTo(profile.encoder()));
  }
}
