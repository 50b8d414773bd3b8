package io.reelmux.spark;

import io.reelmux.reader.Transcoder;
import java.io.Serializable;

/** Decides on an executor how a media file is transcoded. */
@FunctionalInterface
public interface TranscodeSetup extends Serializable {

  /**
   * Makes the settings of a transcoder.
   *
   * @param transcoder reads the clip's input
   * @param cpus how many threads decoder and encoder should use, see {@link ClipOutput#cpus}
   */
  void configure(Transcoder transcoder, int cpus);
}
