package io.reelmux.cuda.standin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests that use the stand-in driver. Its name ends in {@code StandinTest}, so
 * that it runs in the JVM where that driver is loaded.
 *
 * <p>Each test starts with default settings and an empty journal, and fails if it leaves anything
 * alive in the driver. Methods may have a parameter of type {@link Standin}.
 *
 * <p>If the stand-in was not built the tests are skipped; with {@code CI=true} or {@code
 * -Dreelmux.programs=required} they fail instead.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StandinExtension.class)
public @interface RequiresStandin {}
