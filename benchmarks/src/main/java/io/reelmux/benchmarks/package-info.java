/**
 * Comparisons with other ways to encode and read. Each {@code *Benchmark} answers one question; its
 * Javadoc names the command. The programs {@code *Child} and {@code Cold*} run in processes of
 * their own. {@link io.reelmux.benchmarks.AllBenchmarks} runs all benchmarks, and {@link
 * io.reelmux.benchmarks.PerformancePage} writes the results down. JMH runs the classes {@code
 * *Steps}.
 */
@NullMarked
package io.reelmux.benchmarks;

import org.jspecify.annotations.NullMarked;
