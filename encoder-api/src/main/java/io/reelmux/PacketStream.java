package io.reelmux;

import java.nio.ByteBuffer;

/**
 * A stream of encoded packets: what a muxer must know about it.
 *
 * @param kind video or audio
 * @param index the position among all streams: video first, then audio, each in the order added
 * @param codec the name of the codec ({@code h264}, {@code aac})
 * @param timeBase the unit of the packets' times
 * @param extradata the codec's global header (parameter sets, decoder configuration), read-only;
 *     may be empty
 */
public record PacketStream(
    StreamKind kind, int index, String codec, TimeBase timeBase, ByteBuffer extradata) {}
