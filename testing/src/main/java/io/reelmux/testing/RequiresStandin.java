package io.reelmux.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class that uses the stand-in driver. Its name must end in {@code StandinTest}, so
 * that it runs in the JVM where that driver is loaded.
 *
 * <p>Each test starts with default settings and an empty journal, and fails if it leaves live
 * objects in the driver. Methods may have a parameter of type {@link Standin}.
 *
 * <p>Where the stand-in was not built, the tests are skipped, unless {@linkplain
 * Programs#areRequired programs are required}: then they fail.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StandinExtension.class)
public @interface RequiresStandin {}
