/** The FFmpeg backend of the reader; programs need only have it on their class path. */
@NullMarked
package io.reelmux.reader.ffmpeg;

import org.jspecify.annotations.NullMarked;
