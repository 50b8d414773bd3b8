package io.reelmux.reader;

import java.time.Duration;
import java.util.Optional;

/**
 * A chapter of a file.
 *
 * @param start where it starts
 * @param end where it ends
 * @param title its title
 */
public record Chapter(Duration start, Duration end, Optional<String> title) {}
