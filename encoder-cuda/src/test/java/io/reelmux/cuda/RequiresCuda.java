package io.reelmux.cuda;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests on a real board, the first one. Its name ends in {@code CudaTest}.
 *
 * <p>Where there is no driver with a board the tests are skipped; with the environment's {@code
 * FAIL_WITHOUT_CUDA} set they fail instead.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CudaExtension.class)
public @interface RequiresCuda {}
