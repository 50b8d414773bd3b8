package io.reelmux.spark;

import io.reelmux.Encoder;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * The file of one clip, as {@link ClipEncoder#encode} sees it. It is written to the executor's
 * local disk, where containers that seek are ordinary files, and copied to the directory of the
 * clips once it is complete. Used by one thread, and for one of the two calls.
 */
public interface ClipOutput {

  /**
   * Opens an encoder on the clip's file. It is finished when {@link ClipEncoder#encode} returns,
   * unless that has done so, and canceled if that throws or the task is killed.
   *
   * @param encoder the streams have been added
   * @return the encoder, which is open
   * @throws IllegalStateException if the file has been opened before
   * @throws IllegalArgumentException if the encoder cannot write this container
   * @throws IOException if the file cannot be written or the library fails
   */
  Encoder open(Encoder encoder) throws IOException;

  /**
   * Transcodes a media file into the clip's file. If the task is killed, so is the transcoder.
   *
   * @param transcoder all settings have been made
   * @return what was done; its notes become those of the clip
   * @throws IllegalStateException if the file has been opened before
   * @throws IllegalArgumentException if a setting is not possible for the input or the container
   * @throws IOException if reading or encoding fails
   */
  TranscodeResult transcode(Transcoder transcoder) throws IOException;

  /**
   * Returns how many CPUs Spark gives this task ({@code spark.task.cpus}), which is how many
   * threads an encoder should use.
   *
   * @return 1 or more
   */
  int cpus();

  /**
   * Returns the settings of the driver's file systems, for clips that are read from one.
   *
   * @return not to be changed
   */
  Configuration hadoop();
}
