package io.reelmux;

/** One rendition of a {@link VideoStream}, for {@link Output#only}. */
public final class RenditionStream implements MediaStream {
  private final int number;
  private final String name;
  private final VideoOptions options;

  RenditionStream(int number, String name, VideoOptions options) {
    this.number = number;
    this.name = name;
    this.options = options;
  }

  /** Position among all encoded video streams of the encoder. */
  int number() {
    return number;
  }

  /** {@return the name of the rendition} */
  public String name() {
    return name;
  }

  /**
   * {@return the options that it was added with; without {@link VideoOptions#keyFramesEvery},
   * {@link Encoder#open} chooses the times of the key frames}
   */
  public VideoOptions options() {
    return options;
  }

  /** {@code video 1 (720): 1280x720 at 30}: the size that is encoded. */
  @Override
  public String toString() {
    return "video %d (%s): %dx%d at %s%s"
        .formatted(
            number,
            name,
            options.outputWidth(),
            options.outputHeight(),
            options.frameRate(),
            options.describeCommon());
  }
}
