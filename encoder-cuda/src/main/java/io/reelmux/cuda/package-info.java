/**
 * Frames of FFmpeg's that are in CUDA memory already. All else of this module is found by itself:
 * with it on the class path, a video stream with a CUDA device is encoded by NVENC.
 */
@NullMarked
package io.reelmux.cuda;

import org.jspecify.annotations.NullMarked;
