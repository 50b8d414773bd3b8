package io.reelmux.cut;

import io.reelmux.AudioStream;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where the audio of a video comes from. It is encoded once, in one piece: chunks of audio would be
 * heard where they meet. {@link FileAudio} is that of a media file.
 */
@FunctionalInterface
public interface AudioSource extends Serializable {

  /**
   * Adds all samples to a stream.
   *
   * @param stream of the sample rate and channels of the settings
   * @throws IOException if samples cannot be made or read, or encoding fails
   */
  void feed(AudioStream stream) throws IOException;
}
