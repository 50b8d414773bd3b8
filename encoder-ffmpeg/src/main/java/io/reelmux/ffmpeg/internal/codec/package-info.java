/** Chooses and configures encoders: one profile per encoder family. */
@NullMarked
package io.reelmux.ffmpeg.internal.codec;

import org.jspecify.annotations.NullMarked;
