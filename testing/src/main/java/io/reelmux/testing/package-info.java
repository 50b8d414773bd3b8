/**
 * Support for the tests of several modules: child JVMs, external programs, the stand-in driver,
 * failures of FFmpeg functions.
 */
@NullMarked
package io.reelmux.testing;

import org.jspecify.annotations.NullMarked;
