/** Tests of the benchmarks' arithmetic, and of the ways to a faster start. */
@NullMarked
package io.reelmux.benchmarks;

import org.jspecify.annotations.NullMarked;
