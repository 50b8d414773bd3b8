package io.reelmux.reader.spi;

import io.reelmux.Packet;

/**
 * A packet, and the stream that it belongs to.
 *
 * @param stream the position in the file's list of streams
 * @param packet the packet, in Java memory
 * @param discard whether its frame is decoded but not shown, as the file's edit list says
 */
public record DemuxedPacket(int stream, Packet packet, boolean discard) {}
