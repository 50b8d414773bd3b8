package io.reelmux.cut;

/**
 * How far a {@link ParallelEncoder} is.
 *
 * @param frames the number of frames that have been encoded, in all chunks together
 * @param totalFrames the number of frames of the video
 * @param chunks the number of chunks that are complete
 * @param totalChunks the number of chunks
 * @param joinedFrames the number of frames that have been written to the output, once all chunks
 *     are complete
 */
public record CutProgress(
    long frames, long totalFrames, int chunks, int totalChunks, long joinedFrames) {}
