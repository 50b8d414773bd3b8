package io.reelmux;

/**
 * How far an encoder has come.
 *
 * @param frames frames taken in, all video streams together
 * @param samples samples taken in for each channel, all audio streams together
 * @param bytes bytes handed to the destination
 */
public record Progress(long frames, long samples, long bytes) {}
