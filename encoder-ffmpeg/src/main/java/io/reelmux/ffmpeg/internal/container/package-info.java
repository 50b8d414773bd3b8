/**
 * Containers: one row of a table for each, and the muxer options of the container modes. May depend
 * on {@code option} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.container;

import org.jspecify.annotations.NullMarked;
