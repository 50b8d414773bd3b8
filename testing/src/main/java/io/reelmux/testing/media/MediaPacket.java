package io.reelmux.testing.media;

import java.nio.ByteBuffer;

/**
 * A packet as demuxed, edit lists applied.
 *
 * @param pts in ticks of the stream's time base, as are dts and duration
 * @param discard whether it is decoded but not presented
 * @param payload the read-only content
 */
public record MediaPacket(
    long pts, long dts, long duration, boolean key, boolean discard, ByteBuffer payload) {}
