/** Destinations that fail, block or vanish; processes that are killed; FFmpeg log messages. */
package io.reelmux.ffmpeg.reliability.destination;
