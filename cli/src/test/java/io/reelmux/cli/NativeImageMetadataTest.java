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
import java.lang.reflect.AnnotatedElement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FunctionPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * GraalVM's metadata: what it names exists, and everything is named that native code calls, that
 * picocli reaches by reflection, or that is loaded as a resource. A native image was not built
 * here.
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
    return classes(inModule).stream().filter(NativeImageMetadataTest::isCallback).toList();
  }

  private static List<String> classes(Class<?> inModule) throws Exception {
    URI place = inModule.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path root = Path.of(place);
    if (Files.isDirectory(root)) {
      return classesBelow(root);
    }
    try (FileSystem jar = FileSystems.newFileSystem(root)) {
      return classesBelow(jar.getPath("/"));
    }
  }

  private static List<String> classesBelow(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        String path = root.relativize(file).toString();
        String name = path.replaceAll("[/\\\\]", ".").replaceFirst("\\.class$", "");
        if (!name.equals("module-info")) {
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

  @ParameterizedTest
  @ValueSource(strings = {"encoder-cuda", "reelmux-cli"})
  void resources_exist(String module) throws Exception {
    JsonArray includes =
        read(module + "/resource-config.json")
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

  /** What picocli creates, and where it finds and sets options. */
  @Test
  void commands_areReflectedAsPicocliRequires() throws Exception {
    List<String> expected = new ArrayList<>();
    for (String name : classes(Main.class)) {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      if (hasAnnotations(type)) {
        expected.add(name + " allDeclaredFields");
      } else if (isCreated(type)) {
        expected.add(name);
      }
    }

    List<String> named = new ArrayList<>();
    for (JsonElement element : read("reelmux-cli/reflect-config.json").getAsJsonArray()) {
      JsonObject entry = element.getAsJsonObject();
      String name = entry.get("name").getAsString();
      if (name.startsWith("io.reelmux.")) {
        assertThat(entry.get("allDeclaredConstructors").getAsBoolean()).isTrue();
        named.add(name + (entry.has("allDeclaredFields") ? " allDeclaredFields" : ""));
      }
    }

    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(named).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static boolean hasAnnotations(Class<?> type) {
    return Stream.of(new AnnotatedElement[] {type}, type.getDeclaredFields())
        .flatMap(Stream::of)
        .flatMap(element -> Stream.of(element.getAnnotations()))
        .anyMatch(each -> each.annotationType().getName().startsWith("picocli."));
  }

  private static boolean isCreated(Class<?> type) {
    return CommandLine.ITypeConverter.class.isAssignableFrom(type)
        || CommandLine.IVersionProvider.class.isAssignableFrom(type);
  }

  /**
   * Modules without metadata: they call nothing by its name, and native code does not call them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"encoder-api", "reader-api", "encoder-adapters"})
  void modulesWithoutMetadata_requireNone(String module) throws IOException {
    Pattern hidden =
        Pattern.compile(
            "Class\\.forName|loadClass|getResource|getDeclared|\\.getMethod|newProxyInstance"
                + "|FunctionPointer|unreflect|findVirtual|findStatic");
    Path sources = Path.of("..", module, "src", "main");

    assertThat(sources.resolve("resources/META-INF/native-image")).doesNotExist();
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(java).isNotEmpty();
      for (Path file : java) {
        assertThat(hidden.matcher(Files.readString(file)).results().map(MatchResult::group))
            .as(file.toString())
            .isEmpty();
      }
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
