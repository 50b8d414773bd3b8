package io.reelmux;

import java.time.Duration;

/**
 * The progress of one stream.
 *
 * @param kind video, audio or subtitle
 * @param number the position among the streams of its kind, in the order added; of a stream of
 *     packets or subtitles, the position among all streams
 * @param frames the number of frames added; 0 for other streams than encoded video
 * @param samples the number of samples per channel added; 0 for other streams than encoded audio
 * @param position the time from 0 to the end of the last frame, sample, packet or cue added
 */
public record StreamProgress(
    StreamKind kind, int number, long frames, long samples, Duration position) {}
