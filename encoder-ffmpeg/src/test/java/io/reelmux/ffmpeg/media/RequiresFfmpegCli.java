package io.reelmux.ffmpeg.media;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The test compares with the programs ffmpeg and ffprobe. It is skipped where they are missing, but
 * not with {@code CI=true} in the environment: there it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "io.reelmux.ffmpeg.media.FfmpegCli#present",
    disabledReason = "ffmpeg and ffprobe are not installed")
@interface RequiresFfmpegCli {}
