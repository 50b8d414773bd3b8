/** An open file: the session, and its decoders and demuxers. */
@NullMarked
package io.reelmux.reader.ffmpeg.internal;

import org.jspecify.annotations.NullMarked;
