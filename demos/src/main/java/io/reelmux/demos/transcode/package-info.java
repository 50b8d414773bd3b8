/** A program that re-encodes media files, on the CPU or a GPU. */
@NullMarked
package io.reelmux.demos.transcode;

import org.jspecify.annotations.NullMarked;
