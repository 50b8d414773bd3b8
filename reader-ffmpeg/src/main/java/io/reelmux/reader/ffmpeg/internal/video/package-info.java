/**
 * From a decoded frame to the bytes of a layout in the caller's memory: colors, crop, size,
 * rotation and the caller's filters. Knows nothing of files and decoders.
 */
@NullMarked
package io.reelmux.reader.ffmpeg.internal.video;

import org.jspecify.annotations.NullMarked;
