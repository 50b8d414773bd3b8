/** Passes decoded frames and samples on to the encoder. */
@NullMarked
package io.reelmux.demos.transcode.copy;

import org.jspecify.annotations.NullMarked;
