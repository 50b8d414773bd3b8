package io.reelmux;

/**
 * The progress of an encoder.
 *
 * @param frames the number of frames added, all video streams together
 * @param samples the number of samples per channel added, all audio streams together
 * @param bytes the number of bytes handed to the destination
 */
public record Progress(long frames, long samples, long bytes) {}
