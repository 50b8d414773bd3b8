package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small value types: devices, color spaces, packets, results, and the catalog. */
class ValuesTest {

  @Test
  void device_invalidIndex_throws() {
    assertThat(Device.cuda()).isEqualTo(Device.cuda(0)).hasToString("cuda:0");
    assertThat(Device.cpu()).hasToString("cpu");
    assertThat(Device.cuda(3).isCuda()).isTrue();
    assertThat(Device.cpu().isCuda()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Device.cuda(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Device(Device.Kind.CPU, 1))
        .withMessage("device index 1: must be 0 for the CPU, 0 or more for CUDA");
  }

  @Test
  void withRange_colorSpec_changesTheRangeOnly() {
    assertThat(ColorSpec.BT709_LIMITED.withRange(ColorSpec.Range.FULL))
        .isEqualTo(ColorSpec.BT709_FULL);
    assertThat(ColorSpec.BT601_FULL.withRange(ColorSpec.Range.LIMITED))
        .isEqualTo(ColorSpec.BT601_LIMITED);
  }

  @Test
  void packet_bytes_areOwnedByThePacket() {
    PacketStreamInfo stream =
        PacketStreamInfo.builder(StreamKind.AUDIO, "aac", new TimeBase(1, 48_000))
            .index(1)
            .audio(48_000, 2)
            .build();
    Packet packet = new Packet(stream, new byte[] {1, 2, 3}, 24_000, 23_000, 1024, true);

    packet.toByteArray()[0] = 9;

    assertThat(packet.data().isReadOnly()).isTrue();
    assertThat(packet.data().get(0)).isEqualTo((byte) 1);
    assertThat(packet.size()).isEqualTo(3);
    assertThat(packet.time()).isEqualTo(Duration.ofMillis(500));
    assertThat(packet.duration()).isEqualTo(1024);
    assertThat(packet.stream()).isSameAs(stream);
    assertThat(packet).hasToString("AUDIO 1: pts 24000, dts 23000, 3 bytes, key");
  }

  @Test
  void encodingResult_lists_copiesThem() {
    List<String> notes = new ArrayList<>(List.of("resampled"));
    EncodingResult result = new EncodingResult("mp4", List.of(), 0, "fake", notes, List.of());

    notes.clear();

    assertThat(result.notes()).containsExactly("resampled");
    assertThat(result.duration()).isEqualTo(Duration.ZERO);
  }

  @Test
  void load_backendOnTheClassPath_returnsItsCatalog() throws IOException {
    EncoderCatalog catalog = EncoderCatalog.load();

    assertThat(catalog.backend()).isEqualTo("fake 1.0");
    assertThat(catalog.containers()).containsExactly("fake");
    assertThat(catalog.encoders(StreamKind.VIDEO)).isEmpty();
    assertThat(catalog.encoders(StreamKind.AUDIO)).hasSize(1);
    assertThat(catalog.encoder("fakeaudio")).map(EncoderInfo::codec).hasValue("fake");
    assertThat(catalog.encoder("none")).isEmpty();
    assertThat(catalog.devices()).containsExactly(Fixtures.deviceInfo());
    assertThat(catalog.unavailableReason(Device.cuda(1))).contains("no cuda:1");
    assertThat(catalog.unavailableReason(Device.cpu())).isEmpty();
    assertThat(catalog.canEncode(Fixtures.AUDIO, "fake")).isTrue();
    assertThat(catalog.canEncode(Fixtures.VIDEO, "fake")).isTrue();
    assertThat(catalog.unsupportedReason(Fixtures.VIDEO, "mp4")).hasValue("no container mp4");
    assertThat(catalog.unsupportedReason(AudioOptions.of(48_000, 1), "fake"))
        .hasValue("two channels only");
    assertThatIllegalArgumentException().isThrownBy(() -> catalog.encoder(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.unsupportedReason(Fixtures.VIDEO, " "))
        .withMessage("format is empty");
  }
}
