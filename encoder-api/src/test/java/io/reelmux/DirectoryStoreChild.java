package io.reelmux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes segments, and a list of them with their sizes, until it is killed. */
final class DirectoryStoreChild {
  private static final int MAX = 1 << 20;

  private DirectoryStoreChild() {}

  public static void main(String[] args) throws IOException {
    SegmentStore store = SegmentStore.directory(Path.of(args[0]));
    StringBuilder list = new StringBuilder();
    byte[] bytes = new byte[MAX];
    for (int i = 0; ; i++) {
      int size = (i * 7919 + 1) % MAX;
      Arrays.fill(bytes, (byte) i);
      put(store, i + ".m4s", ByteBuffer.wrap(bytes, 0, size));
      list.append(i).append(".m4s ").append(size).append('\n');
      put(store, "list.m3u8", ByteBuffer.wrap(list.toString().getBytes(UTF_8)));
      if (i == 0) {
        System.out.println("begun");
      }
    }
  }

  private static void put(SegmentStore store, String name, ByteBuffer bytes) throws IOException {
    try (SegmentStore.Entry entry = store.create(name, SegmentStoreTest.INFO)) {
      entry.write(bytes);
      entry.commit();
    }
  }
}
