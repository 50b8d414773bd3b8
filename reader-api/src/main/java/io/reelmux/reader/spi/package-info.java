/**
 * What a backend of the reader implements. Programs do not use it.
 *
 * <p>Backends receive only calls that {@link io.reelmux.reader.MediaReader} and its stream readers
 * have found legal.
 */
@NullMarked
package io.reelmux.reader.spi;

import org.jspecify.annotations.NullMarked;
