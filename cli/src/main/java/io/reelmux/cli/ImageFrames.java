package io.reelmux.cli;

import io.reelmux.VideoFrame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Image files, of which each is a frame. */
final class ImageFrames implements FrameSource {
  private final List<Path> files;
  private final List<String> notes;
  private final FrameSize size;
  private int next;

  private ImageFrames(ImageFiles files, FrameSize size) {
    this.files = files.files();
    this.notes = files.notes();
    this.size = size;
  }

  /**
   * Opens images. Their sizes are read from their headers.
   *
   * @param sameSize whether images of different sizes are refused
   */
  static ImageFrames open(ImageFiles images, boolean sameSize)
      throws IOException, CommandException {
    ImageIO.setUseCache(false);
    Path first = images.files().get(0);
    FrameSize size = size(first);
    if (sameSize) {
      for (Path file : images.files()) {
        FrameSize other = size(file);
        if (!other.equals(size)) {
          throw CommandException.refused(
              first + " is " + size + ", but " + file + " is " + other,
              "--fit contain, --fit cover or --fit stretch");
        }
      }
    }
    return new ImageFrames(images, size);
  }

  private static FrameSize size(Path file) throws IOException, CommandException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw unreadable(file);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return new FrameSize(reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    }
  }

  private static CommandException unreadable(Path file) {
    return CommandException.refused(
        file + " is not an image that the JDK reads",
        "PNG, JPEG, GIF, BMP or TIFF images; or reelmux transcode for a video");
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(files.size());
  }

  @Override
  public @Nullable VideoFrame next() throws IOException, CommandException {
    if (next == files.size()) {
      return null;
    }
    Path file = files.get(next++);
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (image == null) {
      throw unreadable(file);
    }
    return VideoFrame.of(image);
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {}
}
