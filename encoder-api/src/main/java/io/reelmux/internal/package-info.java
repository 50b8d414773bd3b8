/**
 * The engine behind {@code Encoder}: its states, locks and resources, the destinations, and access
 * to the caller's memory. Not exported. Knows the values of {@code io.reelmux}, but not {@code
 * Encoder} and its streams, which use this package.
 */
@NullMarked
package io.reelmux.internal;

import org.jspecify.annotations.NullMarked;
