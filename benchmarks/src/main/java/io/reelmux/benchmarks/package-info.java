/**
 * Whole-process comparisons with other ways to encode. Each class with a {@code main} answers one
 * question; its comment names the command.
 */
@NullMarked
package io.reelmux.benchmarks;

import org.jspecify.annotations.NullMarked;
