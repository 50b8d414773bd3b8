package io.reelmux.site;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The Javadoc of all modules for users, in one folder. */
final class Javadoc {
  private Javadoc() {}

  /**
   * Writes it.
   *
   * @param directory is created
   * @throws IOException if a comment has a mistake, or a file cannot be written
   */
  static void write(Documentation documentation, Path directory) throws IOException {
    DocumentationTool tool = Objects.requireNonNull(ToolProvider.getSystemDocumentationTool());
    StringWriter messages = new StringWriter();
    Files.createDirectories(directory);
    try (StandardJavaFileManager files = tool.getStandardFileManager(null, null, null)) {
      List<Path> sources =
          documentation.publicSources().stream()
              .filter(file -> !file.endsWith("module-info.java"))
              .toList();
      files.setLocationFromPaths(
          DocumentationTool.Location.DOCUMENTATION_OUTPUT, List.of(directory));
      List<Path> classPath = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        classPath.add(Path.of(entry));
      }
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      List<String> options =
          List.of(
              "-quiet",
              "-Xdoclint:all,-missing",
              "-notimestamp",
              "-windowtitle",
              "Reelmux",
              "-doctitle",
              "Reelmux",
              "-bottom",
              "<a href=\"{@docRoot}/../index.html\">Documentation</a>",
              "-group",
              "Encoding",
              "io.reelmux:io.reelmux.cuda",
              "-group",
              "Reading",
              "io.reelmux.reader",
              "-group",
              "For backends",
              "io.reelmux.spi:io.reelmux.reader.spi:io.reelmux.ffmpeg:io.reelmux.reader.ffmpeg");
      if (!tool.getTask(messages, files, null, null, options, units).call()) {
        throw new IOException("javadoc failed: " + messages);
      }
    }
    // some JDKs leave out the fonts, but not the line that loads them
    Path fonts = directory.resolve("resources/fonts/dejavu.css");
    if (Files.notExists(fonts)) {
      Files.createDirectories(directory.resolve("resources/fonts"));
      Files.createFile(fonts);
    }
    addIcon(directory);
  }

  /** Browsers ask the host for favicon.ico where a page names no icon; the site's is beside. */
  private static void addIcon(Path directory) throws IOException {
    Path icon = directory.resolveSibling("icon.svg");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".html")).toList()) {
        // from the page's folder, not from the page
        String address = page.relativize(icon).toString().replace('\\', '/').substring(3);
        String link = "<head>\n<link rel=\"icon\" href=\"" + address + "\" type=\"image/svg+xml\">";
        Files.writeString(page, Files.readString(page).replaceFirst("<head>", link));
      }
    }
  }
}
