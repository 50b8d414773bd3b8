/**
 * The stand-in driver in tests: {@link io.reelmux.cuda.standin.RequiresStandin} on a class loads
 * it, and checks after each test that nothing was leaked.
 */
@NullMarked
package io.reelmux.cuda.standin;

import org.jspecify.annotations.NullMarked;
