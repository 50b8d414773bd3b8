/**
 * The engine behind {@code MediaReader}: its states, locks and natives, the sources, and the frame
 * rate conversion. Not exported. Knows the values of {@code io.reelmux.reader}, but not {@code
 * MediaReader} and its stream readers, which use this package.
 */
@NullMarked
package io.reelmux.reader.internal;

import org.jspecify.annotations.NullMarked;
