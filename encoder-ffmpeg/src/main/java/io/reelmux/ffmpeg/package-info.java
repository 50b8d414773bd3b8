/** The door of the CPU backend; found by {@link java.util.ServiceLoader}, rarely named. */
@NullMarked
package io.reelmux.ffmpeg;

import org.jspecify.annotations.NullMarked;
