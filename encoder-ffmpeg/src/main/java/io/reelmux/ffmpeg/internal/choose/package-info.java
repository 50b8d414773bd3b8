/**
 * Which codec, pixel format, container and options: questions that are answered before anything is
 * opened.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.choose;

import org.jspecify.annotations.NullMarked;
