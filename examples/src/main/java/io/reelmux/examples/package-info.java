/** Programs to run and to copy from. */
@NullMarked
package io.reelmux.examples;

import org.jspecify.annotations.NullMarked;
