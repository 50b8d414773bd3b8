/** Short programs, one topic each. {@code examples/README.md} lists them. */
@NullMarked
package io.reelmux.examples;

import org.jspecify.annotations.NullMarked;
