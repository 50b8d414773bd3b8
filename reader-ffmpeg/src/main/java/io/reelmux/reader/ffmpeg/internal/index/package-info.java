/** Which packets are which frames. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.index;

import org.jspecify.annotations.NullMarked;
