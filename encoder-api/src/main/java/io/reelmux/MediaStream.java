package io.reelmux;

/** A stream of an {@link Encoder}, of any kind: what {@link Output#only} selects. */
public sealed interface MediaStream
    permits VideoStream, RenditionStream, AudioStream, PacketInput, SubtitleStream {}
