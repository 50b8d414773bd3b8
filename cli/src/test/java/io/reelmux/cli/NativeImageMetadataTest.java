package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.reelmux.cuda.CudaFrames;
import io.reelmux.ffmpeg.FfmpegBackend;
import io.reelmux.reader.ffmpeg.FfmpegReaderBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FunctionPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GraalVM's metadata: what it names exists, and every class that native code calls is named. A
 * native image was not built here.
 */
class NativeImageMetadataTest {
  private static final String DIRECTORY = "META-INF/native-image/io.reelmux/";

  @ParameterizedTest
  @ValueSource(classes = {FfmpegBackend.class, FfmpegReaderBackend.class})
  void callbacks_areThoseOfTheModule(Class<?> inModule) throws Exception {
    String module = inModule == FfmpegBackend.class ? "encoder-ffmpeg" : "reader-ffmpeg";
    List<String> named = new ArrayList<>();

    for (JsonElement element : read(module + "/jni-config.json").getAsJsonArray()) {
      JsonObject entry = element.getAsJsonObject();
      String name = entry.get("name").getAsString();
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      assertThat(FunctionPointer.class).isAssignableFrom(type);
      for (JsonElement method : entry.getAsJsonArray("methods")) {
        Class<?>[] parameters = types(method.getAsJsonObject().getAsJsonArray("parameterTypes"));
        assertThat(
                type.getDeclaredMethod(
                    method.getAsJsonObject().get("name").getAsString(), parameters))
            .isNotNull();
      }
      named.add(name);
    }

    assertThat(named).containsExactlyInAnyOrderElementsOf(callbacks(inModule));
  }

  private static Class<?>[] types(JsonArray names) throws ClassNotFoundException {
    Class<?>[] types = new Class<?>[names.size()];
    for (int i = 0; i < types.length; i++) {
      String name = names.get(i).getAsString();
      types[i] =
          switch (name) {
            case "int" -> int.class;
            case "long" -> long.class;
            default -> Class.forName(name);
          };
    }
    return types;
  }

  /** Returns the classes of a module that native code calls. */
  private static List<String> callbacks(Class<?> inModule) throws Exception {
    URI place = inModule.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path root = Path.of(place);
    if (Files.isDirectory(root)) {
      return callbacksBelow(root);
    }
    try (FileSystem jar = FileSystems.newFileSystem(root)) {
      return callbacksBelow(jar.getPath("/"));
    }
  }

  private static List<String> callbacksBelow(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        String path = root.relativize(file).toString();
        String name = path.replaceAll("[/\\\\]", ".").replaceFirst("\\.class$", "");
        if (!name.equals("module-info") && isCallback(name)) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static boolean isCallback(String name) {
    try {
      Class<?> type = Class.forName(name, false, NativeImageMetadataTest.class.getClassLoader());
      return FunctionPointer.class.isAssignableFrom(type);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void resources_exist() throws Exception {
    JsonArray includes =
        read("encoder-cuda/resource-config.json")
            .getAsJsonObject()
            .getAsJsonObject("resources")
            .getAsJsonArray("includes");

    assertThat(includes).isNotEmpty();
    for (JsonElement include : includes) {
      String pattern = include.getAsJsonObject().get("pattern").getAsString();
      String resource = pattern.replace("\\Q", "").replace("\\E", "");
      assertThat(CudaFrames.class.getClassLoader().getResource(resource)).as(resource).isNotNull();
    }
  }

  private static JsonElement read(String name) throws IOException {
    try (InputStream in =
        NativeImageMetadataTest.class.getClassLoader().getResourceAsStream(DIRECTORY + name)) {
      assertThat(in).as(name).isNotNull();
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }
}
