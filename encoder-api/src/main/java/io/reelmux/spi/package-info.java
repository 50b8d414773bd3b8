/**
 * What an encoding backend implements. A backend is found by {@link java.util.ServiceLoader} and
 * sees only calls that the {@link io.reelmux.Encoder} has found legal.
 */
@NullMarked
package io.reelmux.spi;

import org.jspecify.annotations.NullMarked;
