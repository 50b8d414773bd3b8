package io.reelmux.ffmpeg.internal.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.MemoryStore;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records what is asked of a store, and after each call checks that all that visible playlists name
 * is there. May fail at a call.
 */
final class RecordingStore implements SegmentStore {
  private static final Pattern QUOTED =
      Pattern.compile("#EXT-X-(?!PRELOAD-HINT).*URI=\"([^\"]*)\"");

  final MemoryStore objects = new MemoryStore();
  final List<String> calls = new ArrayList<>();
  final IOException failure = new IOException("the store failed");
  final Map<String, List<String>> playlists = new LinkedHashMap<>();
  private final Map<String, List<String>> announced = new LinkedHashMap<>();
  private final int failAt;
  private int count;
  private int open;
  private boolean failed;
  private int mostObjects;

  /** Runs as if each segment was complete half a second before its time. */
  private volatile Duration now = Duration.ZERO;

  RecordingStore() {
    this(-1);
  }

  RecordingStore(int failAt) {
    this.failAt = failAt;
  }

  private void call(String what) throws IOException {
    assertThat(failed).as("nothing after a failure, but " + what).isFalse();
    calls.add(what);
    if (count++ == failAt) {
      failed = true;
      throw failure;
    }
  }

  int mostObjects() {
    return mostObjects;
  }

  /** A clock by which the source is live. */
  InstantSource clock() {
    return () -> Instant.EPOCH.plus(now);
  }

  int open() {
    return open;
  }

  int count() {
    return count;
  }

  @Override
  public boolean holdsRequests() {
    return true;
  }

  @Override
  public Entry create(String name, SegmentInfo info) throws IOException {
    call("create " + name);
    if (info.kind() == SegmentKind.SEGMENT) {
      now = info.start().plusMillis(500);
    }
    Entry entry = objects.create(name, info);
    open++;
    return new Entry() {
      private boolean closed;

      @Override
      public void write(ByteBuffer bytes) throws IOException {
        call("write " + name);
        entry.write(bytes);
      }

      @Override
      public void commit() throws IOException {
        call("commit " + name);
        entry.commit();
        mostObjects = Math.max(mostObjects, objects.names().size());
        if (name.endsWith(".m3u8") || name.endsWith(".mpd")) {
          playlists.computeIfAbsent(name, key -> new ArrayList<>()).add(text(name));
          announced
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(String.join(" ", new TreeSet<>(info.announced())));
        }
        checkPlaylists();
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          open--;
        }
      }
    };
  }

  @Override
  public void delete(String name) throws IOException {
    call("delete " + name);
    objects.delete(name);
    checkPlaylists();
  }

  String text(String name) {
    return UTF_8.decode(objects.get(name).orElseThrow()).toString();
  }

  /** What each version of a playlist announced, in alphabetical order. */
  List<String> announced(String name) {
    return announced.getOrDefault(name, List.of());
  }

  /** The versions of a playlist, in order. */
  List<String> versions(String name) {
    return playlists.getOrDefault(name, List.of());
  }

  /** All that visible playlists name is there. */
  void checkPlaylists() {
    for (String name : objects.names()) {
      if (name.endsWith(".m3u8")) {
        assertThat(objects.names()).as(name).containsAll(namedByHls(text(name)));
      } else if (name.endsWith(".mpd")) {
        assertThat(objects.names()).as(name).containsAll(namedByDash(text(name)));
      }
    }
  }

  static Set<String> namedByHls(String text) {
    Set<String> names = new HashSet<>();
    for (String line : text.split("\n", -1)) {
      Matcher quoted = QUOTED.matcher(line);
      if (quoted.find()) {
        names.add(quoted.group(1));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        names.add(line);
      }
    }
    return names;
  }

  static Set<String> namedByDash(String text) {
    Set<String> names = new HashSet<>();
    Matcher template =
        Pattern.compile(
                "initialization=\"([^\"]*)\" media=\"([^\"]*)\" startNumber=\"(\\d+)\">(.*?)</SegmentTemplate>",
                Pattern.DOTALL)
            .matcher(text);
    while (template.find()) {
      names.add(template.group(1));
      long number = Long.parseLong(template.group(3));
      Matcher run = Pattern.compile("<S [^>]*/>").matcher(template.group(4));
      while (run.find()) {
        Matcher repeat = Pattern.compile("r=\"(\\d+)\"").matcher(run.group());
        long times = 1 + (repeat.find() ? Long.parseLong(repeat.group(1)) : 0);
        for (long i = 0; i < times; i++) {
          names.add(template.group(2).replace("$Number$", Long.toString(number++)));
        }
      }
    }
    Matcher numbered =
        Pattern.compile(
                "initialization=\"([^\"]*)\" media=\"([^\"]*)\" startNumber=\"\\d+\"(?: endNumber=\"(\\d+)\")?[^>]*/>")
            .matcher(text);
    while (numbered.find()) {
      names.add(numbered.group(1));
      if (numbered.group(3) != null) {
        names.add(numbered.group(2).replace("$Number$", numbered.group(3)));
      }
    }
    return names;
  }
}
