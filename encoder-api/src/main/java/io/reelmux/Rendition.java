package io.reelmux;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One of the sizes and bit rates in which a video stream is encoded at once; see {@link
 * Encoder#addVideo(VideoOptions, java.util.List)}.
 *
 * @param name unique in its stream, such as {@code 720}
 * @param width width of the encoded frames
 * @param height height of the encoded frames
 * @param settings changes the options of the source stream for this rendition
 */
public record Rendition(
    String name, int width, int height, UnaryOperator<VideoOptions.Builder> settings) {

  /** Checks the name; the size is checked with the options. */
  public Rendition {
    Checks.name("name", name);
    Objects.requireNonNull(settings, "settings");
  }

  /**
   * A rendition with a bit rate.
   *
   * @param name unique in its stream
   * @param width width of the encoded frames
   * @param height height of the encoded frames
   * @param bitRate bits per second
   * @return the rendition
   */
  public static Rendition of(String name, int width, int height, long bitRate) {
    return new Rendition(name, width, height, options -> options.bitRate(bitRate));
  }

  /**
   * A rendition with the quality of the source's options.
   *
   * @param name unique in its stream
   * @param width width of the encoded frames
   * @param height height of the encoded frames
   * @return the rendition
   */
  public static Rendition of(String name, int width, int height) {
    return new Rendition(name, width, height, UnaryOperator.identity());
  }

  /** The options of its stream. */
  VideoOptions options(VideoOptions source) {
    VideoOptions.Builder changed = settings.apply(source.toBuilder().outputSize(width, height));
    VideoOptions options = Objects.requireNonNull(changed, "settings").build();
    boolean sameInput =
        options.width() == source.width()
            && options.height() == source.height()
            && options.frameRate().equals(source.frameRate())
            && options.variableFrameRate() == source.variableFrameRate()
            && options.keyFramesEvery().equals(source.keyFramesEvery())
            && options.gop().equals(source.gop())
            && options.keyInterval().equals(source.keyInterval())
            && options.openGop() == source.openGop();
    if (!sameInput) {
      throw new IllegalArgumentException(
          "rendition '"
              + name
              + "' changes the size or rate of the frames that are added, or the key frames;"
              + " these are set in the options of the source");
    }
    return options;
  }
}
