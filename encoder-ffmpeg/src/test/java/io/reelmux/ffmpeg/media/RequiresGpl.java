package io.reelmux.ffmpeg.media;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The test needs libx264, which only the GPL native libraries include. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "reelmux.natives",
    matches = "gpl",
    disabledReason = "only the GPL native libraries include libx264")
@interface RequiresGpl {}
