/** Chooses and checks codec, pixel format, container and options before anything is opened. */
@NullMarked
package io.reelmux.ffmpeg.internal.choose;

import org.jspecify.annotations.NullMarked;
