package io.reelmux;

import java.time.Duration;

/**
 * What became of one stream.
 *
 * @param kind video or audio
 * @param index position of the stream in the container
 * @param codec name of the encoder that was used ({@code libx264})
 * @param format the encoder's pixel or sample format ({@code yuv420p}, {@code fltp})
 * @param framesIn frames taken in; 0 for audio
 * @param samplesIn samples taken in for each channel; 0 for video
 * @param packets packets written
 * @param bytes bytes of these packets, without the container's
 * @param duration from time 0 to the end of the last frame or sample
 */
public record StreamResult(
    StreamKind kind,
    int index,
    String codec,
    String format,
    long framesIn,
    long samplesIn,
    long packets,
    long bytes,
    Duration duration) {}
