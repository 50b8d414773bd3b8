/** Programs that need an NVIDIA GPU. {@code docs/cuda.md} describes what else they need. */
@NullMarked
package io.reelmux.examples.gpu;

import org.jspecify.annotations.NullMarked;
