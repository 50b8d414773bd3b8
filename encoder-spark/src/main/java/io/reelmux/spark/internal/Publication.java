package io.reelmux.spark.internal;

/**
 * A file that is complete, and its place.
 *
 * @param attempt the file's name in {@link DatasetDirectory#attempts}
 * @param name its path relative to the directory
 */
public record Publication(String attempt, String name) {}
