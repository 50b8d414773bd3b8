/** What {@code io.reelmux} and {@code io.reelmux.spi} share without exporting it. */
@NullMarked
package io.reelmux.internal;

import org.jspecify.annotations.NullMarked;
