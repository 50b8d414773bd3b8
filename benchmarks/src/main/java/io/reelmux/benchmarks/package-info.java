/**
 * Whole-process comparisons with other ways to encode. {@link
 * io.reelmux.benchmarks.EncodeBenchmark}, {@link io.reelmux.benchmarks.MemoryBenchmark} and {@link
 * io.reelmux.benchmarks.ReadBenchmark} each answer one question, and {@link
 * io.reelmux.benchmarks.PerformancePage} writes the answers down; their Javadoc names the command.
 * The {@code *Child} programs are started by them.
 */
@NullMarked
package io.reelmux.benchmarks;

import org.jspecify.annotations.NullMarked;
