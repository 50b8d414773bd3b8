package io.reelmux;

import java.nio.ByteBuffer;

/**
 * The information a muxer needs about a stream of encoded packets.
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
