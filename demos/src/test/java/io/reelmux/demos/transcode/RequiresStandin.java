package io.reelmux.demos.transcode;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests on the stand-in driver; its name ends in {@code StandinTest}, so that it
 * runs in the JVM where that driver is loaded. Each test fails if it leaves anything alive there.
 *
 * <p>Where the stand-in was not built the tests are skipped; with {@code CI=true} or {@code
 * -Dreelmux.programs=required} they fail instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StandinExtension.class)
@interface RequiresStandin {}
