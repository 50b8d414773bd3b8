/**
 * Video streams on CUDA devices: the part of a GPU that a stream uses, its feed of frames, and what
 * GPUs report. May depend on all other packages of the module.
 */
@NullMarked
package io.reelmux.cuda.internal;

import org.jspecify.annotations.NullMarked;
