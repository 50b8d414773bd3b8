/**
 * Encoding of FFmpeg frames that are already in CUDA memory. The rest of this module needs no API:
 * with the module on the class path, NVENC encodes video streams that select a CUDA device.
 */
@NullMarked
package io.reelmux.cuda;

import org.jspecify.annotations.NullMarked;
