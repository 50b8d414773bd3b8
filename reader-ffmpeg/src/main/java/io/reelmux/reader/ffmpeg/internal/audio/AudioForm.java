package io.reelmux.reader.ffmpeg.internal.audio;

import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;

/**
 * What the caller receives.
 *
 * @param layout of the samples
 * @param sampleRate samples per second and channel
 * @param channels in the caller's order
 * @param order for each channel, its position in FFmpeg's order; empty if it is the same
 */
@SuppressWarnings("ArrayRecordComponent") // inside of this package, and never compared
record AudioForm(SampleLayout layout, int sampleRate, ChannelLayout channels, int[] order) {}
