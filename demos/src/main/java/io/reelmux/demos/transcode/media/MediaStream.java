package io.reelmux.demos.transcode.media;

import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import java.util.Optional;

/**
 * A video or audio stream of a media file.
 *
 * @param index its place in the file
 * @param kind video or audio
 * @param pixelFormat FFmpeg's AVPixelFormat; of audio the sample format
 * @param frameRate frames per second, exact; of audio the packets'
 * @param constantRate whether frame n is shown at n / frameRate
 * @param packets how many it has
 * @param rotation clockwise turn in degrees that players apply
 * @param language three letters of ISO 639-2
 */
public record MediaStream(
    int index,
    StreamKind kind,
    int pixelFormat,
    FrameRate frameRate,
    boolean constantRate,
    int packets,
    int rotation,
    Optional<String> language) {}
