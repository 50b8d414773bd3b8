package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import java.util.List;

/**
 * The filters between a decoded frame and one that can be copied out.
 *
 * @param adaption change the format to one that zimg reads; empty if it is one
 * @param input the decoded frame
 * @param adapted what {@code adaption} leaves
 * @param padded what {@code steps} are given: the same, extended to whole chroma samples
 * @param steps convert, cut, scale and turn; empty if nothing is left to do
 * @param delivered what comes out
 */
record GraphPlan(
    List<Step> adaption,
    DecodedFormat input,
    DecodedFormat adapted,
    DecodedFormat padded,
    List<Step> steps,
    DecodedFormat delivered) {}
