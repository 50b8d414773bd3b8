package io.reelmux.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The test uses the programs ffmpeg and ffprobe. It is skipped where they are missing, unless
 * {@linkplain Programs#areRequired programs are required}: then it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "io.reelmux.testing.FfmpegCli#isPresent",
    disabledReason = "ffmpeg and ffprobe are not installed")
public @interface RequiresFfmpegCli {}
