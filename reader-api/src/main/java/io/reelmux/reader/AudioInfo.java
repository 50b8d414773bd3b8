package io.reelmux.reader;

import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;

/**
 * What a file says of an audio stream.
 *
 * @param facts what streams of every kind have
 * @param sampleRate samples per second and channel
 * @param channels the number of channels
 * @param channelLayout the channels in order; discrete ones if the file does not name them
 * @param layout the layout in which the decoder returns samples
 * @param bitDepth bits of a sample as stored; 0 if the codec has none, such as AAC
 * @param priming the samples before the first that is heard, which encoders insert; they are
 *     dropped unless {@link AudioOutput#keepPriming} is set
 */
public record AudioInfo(
    StreamFacts facts,
    int sampleRate,
    int channels,
    ChannelLayout channelLayout,
    SampleLayout layout,
    int bitDepth,
    int priming)
    implements StreamInfo {}
