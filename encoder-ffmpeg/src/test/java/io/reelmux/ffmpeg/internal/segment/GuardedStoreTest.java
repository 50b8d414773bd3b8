package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.MemoryStore;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class GuardedStoreTest {
  private static final SegmentInfo ANNOUNCING =
      new SegmentInfo(
          SegmentKind.MANIFEST,
          "application/dash+xml",
          "",
          0,
          0,
          Duration.ZERO,
          Set.of("next.m4s"));

  /** Nobody else is told of it: the encoder has been canceled. */
  @Test
  void close_canceledAndTheStoreThrows_isLogged() throws IOException {
    IllegalStateException thrown = new IllegalStateException("cannot abandon");
    GuardedStore guarded = new GuardedStore(abandoning(thrown));
    guarded.put("manifest.mpd", ANNOUNCING, new byte[1]);
    guarded.cancel();
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.reelmux");
    Filter filter = logger.getFilter();
    logger.setFilter(record -> record.getLevel() == Level.WARNING && !logged.add(record));

    try {
      guarded.close();
    } finally {
      logger.setFilter(filter);
    }

    assertThat(logged).singleElement().extracting(LogRecord::getThrown).isEqualTo(thrown);
  }

  private static SegmentStore abandoning(RuntimeException thrown) {
    MemoryStore objects = new MemoryStore();
    return new SegmentStore() {
      @Override
      public Entry create(String name, SegmentInfo info) throws IOException {
        return objects.create(name, info);
      }

      @Override
      public void delete(String name) throws IOException {
        objects.delete(name);
      }

      @Override
      public void abandon(String name) {
        throw thrown;
      }
    };
  }
}
