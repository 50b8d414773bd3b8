/** Destinations that fail, block or vanish; processes that are killed. */
package io.reelmux.ffmpeg.reliability.destination;
