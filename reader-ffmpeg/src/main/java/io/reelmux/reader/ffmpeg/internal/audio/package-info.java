/** Audio: samples found by the packets they come from, converted, and copied to the caller. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.audio;

import org.jspecify.annotations.NullMarked;
