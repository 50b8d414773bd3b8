package io.reelmux.spark.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BBPartHandle;
import org.apache.hadoop.fs.BBUploadHandle;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.MultipartUploaderBuilder;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are not completed are aborted: the store would keep their parts, which cost. */
class PendingFileTest {
  @TempDir Path folder = Path.of("");

  private final List<String> calls = new ArrayList<>();
  private String failing = "";
  private Store store;
  private Path local = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    store = new Store();
    store.initialize(URI.create("file:///"), new Configuration());
    local = Files.writeString(folder.resolve("local"), "abc");
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }

  private void copy() throws IOException {
    StoredFile.copy(local, store, path("pending"), path("target"));
  }

  @Test
  void publish_copied_completesTheUpload() throws IOException {
    copy();
    StoredFile.publish(store, path("pending"), path("target"));

    assertThat(calls).containsExactly("startUpload", "putPart", "complete");
  }

  @Test
  void copy_partIsNotStored_abortsTheUpload() {
    failing = "putPart";

    assertThatThrownBy(this::copy).hasMessage("putPart fails");

    assertThat(calls).containsExactly("startUpload", "putPart", "abort");
    assertThat(folder.resolve("pending")).doesNotExist();
  }

  @Test
  void copy_localFileCannotBeRead_abortsTheUpload() throws IOException {
    Files.delete(local);

    assertThatThrownBy(this::copy).isInstanceOf(IOException.class);

    assertThat(calls).startsWith("startUpload").endsWith("abort");
    assertThat(folder.resolve("pending")).doesNotExist();
  }

  @Test
  void close_afterAPartThatWasNotStored_abortsTheUpload() throws IOException {
    failing = "putPart";
    OutputStream out = PendingFile.create(store, path("pending"), path("target"));
    byte[] part = new byte[16 << 20];
    out.write(part);
    assertThatThrownBy(() -> out.write(part)).hasMessage("putPart fails");
    failing = "";

    assertThatThrownBy(out::close).hasMessageContaining("was not stored");

    assertThat(calls).containsExactly("startUpload", "putPart", "abort");
    assertThat(folder.resolve("pending")).doesNotExist();
  }

  @Test
  void publish_fails_abortsTheUpload() throws IOException {
    copy();
    failing = "complete";

    assertThatThrownBy(() -> StoredFile.publish(store, path("pending"), path("target")))
        .hasMessage("complete fails");

    assertThat(calls).containsExactly("startUpload", "putPart", "complete", "abort");
  }

  @Test
  void publish_targetExists_abortsTheUpload() throws IOException {
    copy();
    Files.writeString(folder.resolve("target"), "other");

    assertThatThrownBy(() -> StoredFile.publish(store, path("pending"), path("target")))
        .hasMessageContaining("it exists");

    assertThat(calls).containsExactly("startUpload", "putPart", "abort");
    assertThat(folder.resolve("target")).hasContent("other");
  }

  /** A directory that says it is S3, with uploads that only count. */
  private final class Store extends FilterFileSystem {
    Store() {
      super(new RawLocalFileSystem());
    }

    @Override
    public URI getUri() {
      return URI.create("s3a://bucket");
    }

    @Override
    public MultipartUploaderBuilder<?, ?> createMultipartUploader(org.apache.hadoop.fs.Path base) {
      MultipartUploader uploader = proxy(MultipartUploader.class, this::called);
      return proxy(MultipartUploaderBuilder.class, name -> uploader);
    }

    private Object called(String name) {
      if (name.equals("close")) {
        return "";
      }
      calls.add(name);
      if (name.equals(failing)) {
        return CompletableFuture.failedFuture(new IOException(name + " fails"));
      }
      ByteBuffer handle = ByteBuffer.wrap(new byte[] {1});
      return CompletableFuture.completedFuture(
          switch (name) {
            case "startUpload" -> BBUploadHandle.from(handle);
            case "putPart" -> BBPartHandle.from(handle);
            default -> "";
          });
    }

    private static <T> T proxy(Class<T> type, Function<String, Object> calls) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> calls.apply(method.getName())));
    }
  }
}
