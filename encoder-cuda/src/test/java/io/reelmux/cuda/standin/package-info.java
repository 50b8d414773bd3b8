/** Tests on the stand-in driver, which {@link io.reelmux.testing.RequiresStandin} loads. */
@NullMarked
package io.reelmux.cuda.standin;

import org.jspecify.annotations.NullMarked;
