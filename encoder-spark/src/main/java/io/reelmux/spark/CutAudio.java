package io.reelmux.spark;

import io.reelmux.AudioOptions;
import io.reelmux.cut.AudioSource;
import java.io.Serializable;

/** Audio that a task encodes. */
record CutAudio(AudioOptions options, AudioSource source) implements Serializable {}
