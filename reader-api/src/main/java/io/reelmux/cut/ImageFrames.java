package io.reelmux.cut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Frames that are image files. */
final class ImageFrames implements FrameSource {
  private static final long serialVersionUID = 1L;

  /** A Path is not serializable. */
  private final String[] files;

  ImageFrames(List<Path> files) {
    this.files = files.stream().map(Path::toString).toArray(String[]::new);
  }

  /** By their names: reading all of them would take as long as a part of the encoding. */
  @Override
  public String identity() {
    return files.length
        + " images, names "
        + Sha256.start(String.join("\n", files).getBytes(UTF_8));
  }

  @Override
  public void feed(Chunk chunk, VideoStream stream) throws IOException {
    if (chunk.endFrame() > files.length) {
      throw new IllegalArgumentException(
          chunk + ": there are " + files.length + " images, one a frame");
    }
    for (long n = chunk.firstFrame(); n < chunk.endFrame(); n++) {
      Path file = Path.of(files[(int) n]);
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException(file + " is not an image that ImageIO can read");
      }
      stream.addFrame(VideoFrame.of(image));
    }
  }
}
