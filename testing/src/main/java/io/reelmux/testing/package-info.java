/** Support for the tests of several modules: child JVMs, external programs, the stand-in driver. */
@NullMarked
package io.reelmux.testing;

import org.jspecify.annotations.NullMarked;
