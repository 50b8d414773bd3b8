/** Containers: one row each, and the muxer options of the container modes. */
@NullMarked
package io.reelmux.ffmpeg.internal.container;

import org.jspecify.annotations.NullMarked;
