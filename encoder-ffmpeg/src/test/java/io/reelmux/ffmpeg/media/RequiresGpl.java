package io.reelmux.ffmpeg.media;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The test is about libx264, which only the GPL natives have. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "reelmux.natives",
    matches = "gpl",
    disabledReason = "libx264 is in the GPL natives only")
@interface RequiresGpl {}
