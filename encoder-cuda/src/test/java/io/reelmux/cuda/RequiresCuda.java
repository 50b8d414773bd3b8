package io.reelmux.cuda;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests that run on a real GPU, the first one. Its name ends in {@code CudaTest}.
 *
 * <p>Without a driver and a GPU the tests are skipped; if the environment variable {@code
 * FAIL_WITHOUT_CUDA} is set they fail instead.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CudaExtension.class)
public @interface RequiresCuda {}
