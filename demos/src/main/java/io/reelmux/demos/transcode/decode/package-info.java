/** Demuxes and decodes a file's streams with FFmpeg, on the CPU or a GPU. */
@NullMarked
package io.reelmux.demos.transcode.decode;

import org.jspecify.annotations.NullMarked;
