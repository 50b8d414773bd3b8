package io.reelmux.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Overflow;
import io.reelmux.internal.OutputEnd;
import io.reelmux.internal.OutputEnds;
import io.reelmux.internal.StreamDestination;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionRequestTest {

  /** Enough keys that a map without an order would not keep theirs by chance. */
  private static final List<String> KEYS =
      List.of("title", "artist", "album", "date", "comment", "genre", "track", "copyright");

  @Test
  void maps_keepTheOrderOfTheCaller() {
    SessionRequest request = request(inOrder(KEYS));

    assertThat(request.metadata().tags().keySet()).containsExactlyElementsOf(KEYS);
    assertThat(muxerOptions(request).keySet()).containsExactlyElementsOf(KEYS);
  }

  @Test
  void maps_areUnmodifiableCopies() {
    Map<String, String> entries = inOrder(KEYS);
    SessionRequest request = request(entries);

    entries.clear();

    assertThat(request.metadata().tags()).hasSameSizeAs(KEYS);
    assertThatThrownBy(() -> request.metadata().tags().put("key", "value"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> muxerOptions(request).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Map<String, String> inOrder(List<String> keys) {
    Map<String, String> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(key, "value of " + key));
    return entries;
  }

  private static Map<String, String> muxerOptions(SessionRequest request) {
    return ((OutputRequest.InContainer) request.outputs().get(0)).muxerOptions();
  }

  private static SessionRequest request(Map<String, String> entries) {
    OutputRequest.Settings settings =
        new OutputRequest.Settings("a", Optional.empty(), true, 1, Overflow.WAIT);
    Destination destination =
        OutputEnd.of(new StreamDestination(new ByteArrayOutput())).destination();
    return new SessionRequest(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new OutputRequest.InContainer(settings, destination, "mp4", null, null, entries)),
        new OutputEnds(null),
        FileMetadata.ofTags(entries),
        null,
        1 << 20,
        true,
        false);
  }
}
