package io.reelmux;

import java.time.Duration;

/**
 * The progress of one stream.
 *
 * @param kind video or audio
 * @param number the position among the streams of its kind, in the order added
 * @param frames the number of frames added; 0 for audio
 * @param samples the number of samples per channel added; 0 for video
 * @param position the time from 0 to the end of the last frame or sample added
 */
public record StreamProgress(
    StreamKind kind, int number, long frames, long samples, Duration position) {}
