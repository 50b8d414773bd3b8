package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;

/** A video and an audio stream of an encoder, which get what an {@link EncodedClip} is made of. */
record ClipFeed(VideoStream video, AudioStream audio) {

  /** Options of the video, which is encoded by one thread. */
  static VideoOptions.Builder options() {
    return VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE).threads(1);
  }

  /** Adds both streams. */
  static ClipFeed addTo(Encoder encoder, VideoOptions options) {
    return new ClipFeed(
        encoder.addVideo(options), encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1)));
  }

  /** Adds a frame, and the samples that are as long. */
  void add(int number) throws IOException {
    video.addFrame(EncodedClip.frame(number));
    audio.addSamples(EncodedClip.samples(number, EncodedClip.AUDIO_RATE / EncodedClip.RATE));
  }
}
