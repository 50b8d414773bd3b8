package io.reelmux.ffmpeg.internal.mux;

/**
 * When a packet is decoded and presented.
 *
 * @param dts decoding time
 * @param pts presentation time
 */
public record PacketTimes(long dts, long pts) {}
