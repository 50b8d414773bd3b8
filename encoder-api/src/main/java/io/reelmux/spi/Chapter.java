package io.reelmux.spi;

import java.time.Duration;

/**
 * A chapter of a file. It ends where the next one starts, the last one at the end of the file.
 *
 * @param start the time from the start of the file, in whole milliseconds
 * @param title the title, not blank
 */
public record Chapter(Duration start, String title) {}
