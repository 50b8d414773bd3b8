package io.reelmux.spark;

import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.spark.internal.HadoopFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Encodes folders of images: one clip for each folder, one frame for each image, in the order of
 * the file names, so that {@code 10.png} precedes {@code 9.png}. An element is the folder's URI.
 * The clip is named as the folder. Files whose names do not end in {@code .png}, {@code .jpg},
 * {@code .jpeg}, {@code .bmp} or {@code .gif} are ignored.
 *
 * <p>The first image sets the size; others of another size fail the clip, unless the {@link #setup}
 * chooses a {@link io.reelmux.Fit}. Immutable: each setter returns a copy.
 */
public final class ImageFolders implements ClipEncoder<String> {
  private static final long serialVersionUID = 1;

  private final VideoSetup setup;
  private final String extension;

  private ImageFolders(VideoSetup setup, String extension) {
    this.setup = setup;
    this.extension = extension;
  }

  /**
   * Returns an encoder with default options, into MP4.
   *
   * @param framesPerSecond the frame rate
   * @return the encoder
   * @throws IllegalArgumentException if it is not a possible frame rate
   */
  public static ImageFolders at(double framesPerSecond) {
    FrameRate.of(framesPerSecond);
    return setup(
        (width, height, cpus) ->
            VideoOptions.builder(width, height, framesPerSecond).threads(cpus).build());
  }

  /**
   * Returns an encoder with other options, into MP4.
   *
   * @param setup decides for each clip
   * @return the encoder
   */
  public static ImageFolders setup(VideoSetup setup) {
    return new ImageFolders(Objects.requireNonNull(setup, "setup"), "mp4");
  }

  /**
   * Sets the container.
   *
   * @param value its file extension, without a dot
   * @return a copy
   */
  public ImageFolders extension(String value) {
    return new ImageFolders(setup, Objects.requireNonNull(value, "extension"));
  }

  /** Returns the folder's own name and the extension. */
  @Override
  public String name(String folder) {
    return new Path(folder).getName() + "." + extension;
  }

  @Override
  public void encode(String folder, ClipOutput output) throws IOException {
    Path path = new Path(folder);
    FileSystem files = HadoopFiles.of(path, output.hadoop());
    List<Path> images = images(files, path);
    BufferedImage first = read(files, images.get(0));
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(setup.options(first.getWidth(), first.getHeight(), output.cpus()));
      output.open(encoder);
      video.addFrame(VideoFrame.of(first));
      for (Path image : images.subList(1, images.size())) {
        video.addFrame(VideoFrame.of(read(files, image)));
      }
      encoder.finish();
    }
  }

  private static List<Path> images(FileSystem files, Path folder) throws IOException {
    List<Path> images =
        Arrays.stream(files.listStatus(folder))
            .map(FileStatus::getPath)
            .filter(file -> file.getName().matches("(?i).*\\.(png|jpe?g|bmp|gif)"))
            .sorted()
            .toList();
    if (images.isEmpty()) {
      throw new IOException("no images in " + folder);
    }
    return images;
  }

  private static BufferedImage read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(in));
      if (image == null) {
        throw new IOException("not an image: " + file);
      }
      return image;
    }
  }
}
