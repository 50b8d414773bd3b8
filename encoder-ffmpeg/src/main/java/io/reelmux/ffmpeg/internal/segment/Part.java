package io.reelmux.ffmpeg.internal.segment;

/**
 * A part of a segment.
 *
 * @param name its name in the store
 * @param start decoding time of its first packet
 * @param end decoding time of the packet that follows
 * @param independent whether decoding can start with it
 */
record Part(String name, Ticks start, Ticks end, boolean independent) {}
