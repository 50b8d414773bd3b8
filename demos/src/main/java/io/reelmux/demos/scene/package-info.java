/** An animation with a tone, drawn with Java 2D. */
@NullMarked
package io.reelmux.demos.scene;

import org.jspecify.annotations.NullMarked;
