package io.reelmux.reader.spi;

/**
 * What is known of a decoded frame.
 *
 * @param index its number, from 0
 * @param pts when it is shown, in ticks of the stream's time base
 * @param duration how long it is shown, in ticks; 0 if it is not known
 * @param keyFrame whether decoding can start at it
 * @param damaged whether it was decoded with errors
 * @param type the type that its codec states: I, P, B, S or ?
 */
public record FrameFacts(
    long index, long pts, long duration, boolean keyFrame, boolean damaged, char type) {}
