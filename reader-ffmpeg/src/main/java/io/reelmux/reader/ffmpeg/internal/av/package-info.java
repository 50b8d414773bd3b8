/** Owner classes of the native structs that reading needs. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.av;

import org.jspecify.annotations.NullMarked;
