package io.reelmux.ffmpeg.reliability.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.NativeFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** FFmpeg messages reach the right encoder, in whole lines, and any earlier log callback. */
@Timeout(300)
class LogTest {
  private static final int ENCODERS = 8;

  /** The backend of System.Logger if no other is bound. */
  private final Logger logger = Logger.getLogger("io.reelmux");

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  @AfterEach
  void restore() {
    NativeFaults.clear();
    logger.removeHandler(handler);
    logger.setLevel(null);
    logger.setUseParentHandlers(true);
  }

  @Test
  void open_eightFailingEncodersAtOnce_eachGetsItsOwnLines() throws Exception {
    // the number selects a bit rate that AAC warns about; then the container fails
    NativeFaults.inject(step -> step.equals("avformat_write_header"));
    int rounds = Reliability.times(10, 300);

    for (int round = 0; round < rounds; round++) {
      logged.clear();
      List<EncoderException> failures =
          inParallel(
              number -> {
                try (Encoder encoder = Encoder.create()) {
                  encoder.addAudio(
                      AudioOptions.builder(8000, 1)
                          .codec("aac")
                          .bitRate(500_000 + number * 1_024_000L)
                          .build());
                  encoder.openFileLike(new ByteArrayOutput(), "mp4");
                }
              });

      for (int number = 0; number < ENCODERS; number++) {
        String line =
            "Too many bits %.6f >".formatted((500_000 + number * 1_024_000L) * 1024 / 8000.0);
        List<String> own = failures.get(number).logLines();
        assertThat(own).as("encoder %d", number).anyMatch(text -> text.contains(line));
        assertThat(own).filteredOn(text -> text.contains("Too many bits")).hasSize(1);
        assertThat(logged).filteredOn(text -> text.contains(line)).hasSize(1);
      }
    }
    Reliability.record(
        "encoders fail at once",
        ENCODERS + " encoders whose codecs warn, opened by as many threads, containers refused",
        (long) rounds * ENCODERS,
        "each exception has its own encoder's lines only; each message once in System.Logger");
  }

  @Test
  void log_inPiecesByEightThreads_keepsLinesWhole() throws Exception {
    NativeLibraries.load();
    List<SessionLog> logs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(ENCODERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < ENCODERS; i++) {
        SessionLog log = new SessionLog(new Notes());
        logs.add(log);
        int number = i;
        running.add(threads.submit(() -> log.run(() -> logInPieces(number))));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }

    for (int number = 0; number < ENCODERS; number++) {
      String line = "begun by " + number + ", ended by " + number;
      assertThat(logs.get(number).lastLines()).isNotEmpty().containsOnly(line);
    }
  }

  private static void logInPieces(int number) {
    for (int i = 0; i < 200; i++) {
      log("begun by " + number);
      log(", ended by " + number + "\n");
    }
  }

  @Test
  void failure_afterPartialLine_includesItAndLeavesNothingBehind() throws Exception {
    NativeLibraries.load();
    SessionLog first = new SessionLog(new Notes());
    SessionLog second = new SessionLog(new Notes());
    List<List<String>> lines = new ArrayList<>();

    first.run(
        () -> {
          log("half a line");
          lines.add(Av.failure(Av.EINVAL, "do it").logLines());
        });
    first.run(() -> log("another half"));
    second.run(
        () -> {
          log("a whole line\n");
          lines.add(Av.failure(Av.EINVAL, "do it").logLines());
        });

    assertThat(lines.get(0)).containsExactly("half a line");
    assertThat(first.lastLines()).containsExactly("half a line", "another half");
    assertThat(lines.get(1)).containsExactly("a whole line");
  }

  @Test
  void line_withEmbeddedPrefix_dropsIt() throws Exception {
    NativeLibraries.load();
    SessionLog log = new SessionLog(new Notes());

    log.run(
        () -> {
          log("[codec @ 0x10] one,");
          log("[codec @ 0x10]  two\n");
        });

    assertThat(log.lastLines()).containsExactly("[codec] one, two");
  }

  @Test
  void load_anotherLibrarysCallbackInstalled_forwardsItsMessages() {
    ChildJvm.Result result = ChildJvm.of(LogChild.class).run(Duration.ofMinutes(5));

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .contains(
            "level 40",
            "received theirs before",
            "received theirs after 0",
            "received theirs after 1",
            "received theirs after 2",
            "received theirs from another thread");
    assertThat(result.out().lines().filter(line -> line.startsWith("received"))).hasSize(5);
    Reliability.record(
        "another library's log callback",
        "set before this library loads, in a JVM of its own; encodings and collections between",
        1,
        "it keeps receiving its 5 messages and none of ours; the level is unchanged");
  }

  private static void log(String text) {
    avutil.av_log((Pointer) null, avutil.AV_LOG_ERROR, text);
  }

  /** A failing encoding. */
  @FunctionalInterface
  private interface Attempt {
    void run(int number) throws Exception;
  }

  private static List<EncoderException> inParallel(Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(ENCODERS);
    try {
      List<Future<Throwable>> running = new ArrayList<>();
      for (int i = 0; i < ENCODERS; i++) {
        int number = i;
        running.add(threads.submit(() -> catchThrowable(() -> attempt.run(number))));
      }
      List<EncoderException> failures = new ArrayList<>();
      for (Future<Throwable> future : running) {
        Throwable thrown = future.get();
        while (thrown != null && !(thrown instanceof EncoderException)) {
          thrown = thrown.getCause();
        }
        assertThat(thrown).isInstanceOf(EncoderException.class);
        failures.add((EncoderException) thrown);
      }
      return failures;
    } finally {
      threads.shutdown();
    }
  }
}
