/** What a kind of device implements so that video is encoded on it. */
@NullMarked
package io.reelmux.ffmpeg.spi;

import org.jspecify.annotations.NullMarked;
