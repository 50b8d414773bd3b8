package io.reelmux.spark;

import io.reelmux.cut.AudioResult;
import io.reelmux.cut.ChunkResult;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task reports to the driver: a chunk, or the audio.
 *
 * @param chunk what was encoded of a chunk, and where it is
 * @param audio what was encoded of the audio, and where it is
 * @param time how long the task took
 */
record CutPart(@Nullable ChunkResult chunk, @Nullable AudioResult audio, Duration time)
    implements Serializable {}
