/** Packets to decoded frames. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.decode;

import org.jspecify.annotations.NullMarked;
