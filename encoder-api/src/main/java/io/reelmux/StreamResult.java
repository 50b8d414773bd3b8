package io.reelmux;

import java.time.Duration;
import java.util.Optional;

/**
 * Statistics for one encoded stream.
 *
 * @param kind video or audio
 * @param index the position of the stream in the container
 * @param codec the name of the encoder that was used ({@code libx264})
 * @param format the encoder's pixel or sample format ({@code yuv420p}, {@code fltp})
 * @param width of the encoded frames in pixels, behind filters; 0 if the stream is not video
 * @param height of the encoded frames in pixels, behind filters; 0 if the stream is not video
 * @param frameRate the constant rate of the encoded frames, behind filters
 * @param sampleRate samples per second of the encoded audio; 0 if the stream is not audio
 * @param framesIn the number of frames added; 0 for audio
 * @param samplesIn the number of samples added per channel; 0 for video
 * @param packets the number of packets written
 * @param bytes the size of these packets in bytes, without container overhead
 * @param duration the time from 0 to the end of the last frame or sample
 */
public record StreamResult(
    StreamKind kind,
    int index,
    String codec,
    String format,
    int width,
    int height,
    Optional<FrameRate> frameRate,
    int sampleRate,
    long framesIn,
    long samplesIn,
    long packets,
    long bytes,
    Duration duration) {}
