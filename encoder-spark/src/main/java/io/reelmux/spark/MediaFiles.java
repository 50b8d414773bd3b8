package io.reelmux.spark;

import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.spark.internal.HadoopSource;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * Transcodes media files: one clip for each. An element is the file's URI. The clip has the file's
 * name, with another extension. Immutable.
 */
public final class MediaFiles implements ClipEncoder<String> {
  private static final long serialVersionUID = 1;

  private final String extension;
  private final TranscodeSetup setup;

  private MediaFiles(String extension, TranscodeSetup setup) {
    this.extension = extension;
    this.setup = setup;
  }

  /**
   * Returns an encoder with default options, for all video and audio streams of a file.
   *
   * @param extension of the container, without a dot
   * @return the encoder
   */
  public static MediaFiles to(String extension) {
    return to(
        extension,
        (transcoder, cpus) ->
            transcoder
                .video(VideoOutput.source().threads(cpus))
                .video(options -> options.threads(cpus)));
  }

  /**
   * Returns an encoder with other options.
   *
   * @param extension of the container, without a dot
   * @param setup decides for each file
   * @return the encoder
   */
  public static MediaFiles to(String extension, TranscodeSetup setup) {
    return new MediaFiles(
        Objects.requireNonNull(extension, "extension"), Objects.requireNonNull(setup, "setup"));
  }

  /** Returns the file's own name with the extension of the container. */
  @Override
  public String name(String file) {
    String name = new Path(file).getName();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + "." + extension;
  }

  @Override
  public void encode(String file, ClipOutput output) throws IOException {
    try (HadoopSource source = HadoopSource.open(file, output.hadoop())) {
      Transcoder transcoder = Transcoder.of(source);
      setup.configure(transcoder, output.cpus());
      output.transcode(transcoder);
    }
  }
}
