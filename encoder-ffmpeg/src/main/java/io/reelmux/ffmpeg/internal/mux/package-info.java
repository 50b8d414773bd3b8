/** Writes packets into a container on the caller's destination. */
@NullMarked
package io.reelmux.ffmpeg.internal.mux;

import org.jspecify.annotations.NullMarked;
