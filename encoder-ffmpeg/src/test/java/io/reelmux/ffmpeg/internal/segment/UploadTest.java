package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Packet;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of commits does not depend on which upload ends first. */
@Timeout(60)
class UploadTest {
  private final ExecutorService uploads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    uploads.shutdownNow();
  }

  /**
   * Uploads in the background, as clients of object stores do: pieces of one object overtake those
   * of another, and only a commit waits for those of its object.
   */
  private final class UploadingStore implements SegmentStore {
    final RecordingStore objects = new RecordingStore();
    final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    final List<String> uploaded = Collections.synchronizedList(new ArrayList<>());
    private final Random random = new Random(7);

    @Override
    public boolean holdsRequests() {
      return true;
    }

    @Override
    public Entry create(String name, SegmentInfo info) throws IOException {
      Entry entry = objects.create(name, info);
      List<Future<byte[]>> pieces = new ArrayList<>();
      return new Entry() {
        @Override
        public void write(ByteBuffer bytes) {
          byte[] copy = new byte[bytes.remaining()];
          bytes.get(copy);
          String piece = name + " " + pieces.size();
          int delay = random.nextInt(8);
          begun.add(piece);
          pieces.add(
              uploads.submit(
                  () -> {
                    Thread.sleep(delay);
                    uploaded.add(piece);
                    return copy;
                  }));
        }

        @Override
        public void commit() throws IOException {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          for (Future<byte[]> piece : pieces) {
            all.writeBytes(await(piece));
          }
          entry.write(ByteBuffer.wrap(all.toByteArray()));
          await(uploads.submit(() -> commitNow(entry)));
        }

        @Override
        public void close() throws IOException {
          entry.close();
        }
      };
    }

    private static Object commitNow(SegmentStore.Entry entry) throws IOException {
      entry.commit();
      return entry;
    }

    @Override
    public void delete(String name) throws IOException {
      objects.delete(name);
    }
  }

  private static <T> T await(Future<T> work) throws IOException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  static Stream<SegmentOptions> options() {
    Duration second = EncodedClip.SECOND;
    return Stream.of(
        SegmentOptions.hlsAndDash(second),
        SegmentOptions.hlsAndDash(second).event(),
        SegmentOptions.hlsAndDash(second).live(3).keep(0),
        SegmentOptions.hls(second).live(3).keep(0).parts(Duration.ofMillis(200)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void uploads_endOutOfOrder_everythingNamedIsThere(SegmentOptions options) throws IOException {
    UploadingStore store = new UploadingStore();
    List<Packet> packets = EncodedClip.lowDelay().packets();

    List<String> notes =
        Feed.run(
            packets,
            (streams, log, all) ->
                SegmentTargets.segments(
                    streams, store, options, /* reproducible= */ true, log, all));

    // the recording store has checked all playlists after each commit and each deletion
    assertThat(notes).isEmpty();
    assertThat(store.objects.open()).isZero();
    assertThat(store.uploaded).hasSameSizeAs(store.begun);
    if (options.parts().isPresent()) {
      assertThat(store.uploaded)
          .as("the uploads did overtake each other")
          .isNotEqualTo(store.begun);
    }
  }
}
