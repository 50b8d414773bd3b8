/** Files to packets: opening, what the headers say, reading and seeking. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.demux;

import org.jspecify.annotations.NullMarked;
