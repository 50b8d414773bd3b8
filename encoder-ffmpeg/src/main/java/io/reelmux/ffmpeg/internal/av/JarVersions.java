package io.reelmux.ffmpeg.internal.av;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The versions of Bytedeco's jars on the class path. Classes and native libraries are in different
 * jars; if their versions differ, functions are missing, or structs have other members.
 */
final class JarVersions {
  private static final List<String> ARTIFACTS = List.of("ffmpeg", "javacpp");

  private JarVersions() {}

  /**
   * Returns what is mixed: {@code the class path has org.bytedeco:ffmpeg in the versions ...}.
   *
   * @return empty if each artifact has one version, or the jars do not tell
   */
  static Optional<String> mixed() {
    List<String> mixed = new ArrayList<>();
    for (String artifact : ARTIFACTS) {
      Set<String> versions = versions(artifact);
      if (versions.size() > 1) {
        mixed.add(
            "org.bytedeco:" + artifact + " in the versions " + String.join(" and ", versions));
      }
    }
    return mixed.isEmpty()
        ? Optional.empty()
        : Optional.of("the class path has " + String.join(", ", mixed));
  }

  private static Set<String> versions(String artifact) {
    String name = "META-INF/maven/org.bytedeco/" + artifact + "/pom.properties";
    Set<String> versions = new TreeSet<>();
    try {
      ClassLoader loader = JarVersions.class.getClassLoader();
      for (URL file : Collections.list(loader.getResources(name))) {
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
          properties.load(in);
        }
        Optional.ofNullable(properties.getProperty("version")).ifPresent(versions::add);
      }
    } catch (IOException e) {
      // the versions are only a part of another failure's message
      return Set.of();
    }
    return versions;
  }
}
