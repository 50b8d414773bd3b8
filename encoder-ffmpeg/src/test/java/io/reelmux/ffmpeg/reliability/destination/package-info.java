/**
 * Destinations that fail, block or vanish; processes that are killed; what FFmpeg says meanwhile.
 */
package io.reelmux.ffmpeg.reliability.destination;
