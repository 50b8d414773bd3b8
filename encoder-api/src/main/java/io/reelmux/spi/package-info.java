/**
 * The service provider interface that encoding backends implement. A backend is found by {@link
 * java.util.ServiceLoader} and receives only calls that {@link io.reelmux.Encoder} has found legal.
 */
@NullMarked
package io.reelmux.spi;

import org.jspecify.annotations.NullMarked;
