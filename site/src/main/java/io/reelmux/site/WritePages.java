package io.reelmux.site;

import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writes what programs write of docs: tables of encoders and containers, plots, and the image of
 * the README. It runs in the folder of this module.
 */
public final class WritePages {
  private WritePages() {}

  /**
   * Runs the program.
   *
   * @param args none
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of("..");
    for (Map.Entry<String, String> file : files(root).entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    ImageIO.write(
        FrameStrip.draw(), "png", root.resolve("docs/images/video-with-audio.png").toFile());
  }

  /** The texts of all files that are written, by their names in the repository. */
  static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    CatalogPages catalog = new CatalogPages(EncoderCatalog.load());
    files.put("docs/encoders.md", catalog.encoders());
    files.put("docs/encoder-options.md", catalog.options());
    String containers = Files.readString(root.resolve("docs/containers.md"));
    files.put("docs/containers.md", GeneratedPart.replace(containers, "matrix", catalog.matrix()));
    String readme = Files.readString(root.resolve("README.md"));
    String comparison = new Comparison(root).table().toMarkdown();
    files.put("README.md", GeneratedPart.replace(readme, "comparison", comparison));
    new Plots(root).all().forEach((name, svg) -> files.put("docs/images/" + name, svg));
    return files;
  }
}
