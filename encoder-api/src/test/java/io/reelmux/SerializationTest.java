package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options that are carried to another machine are the same there. */
class SerializationTest {

  @SuppressWarnings("unchecked")
  private static <T> T carried(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  /** Compares what all getters return. */
  private static void assertSame(Object one, Object other) throws ReflectiveOperationException {
    List<Method> getters =
        Stream.of(one.getClass().getMethods())
            .filter(method -> method.getParameterCount() == 0)
            .filter(method -> method.getDeclaringClass() != Object.class)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> !method.getName().equals("toBuilder"))
            .toList();
    assertThat(getters).hasSizeGreaterThan(10);
    for (Method getter : getters) {
      assertThat(getter.invoke(other)).as(getter.getName()).isEqualTo(getter.invoke(one));
    }
  }

  @Test
  void videoOptions_carried_areTheSame() throws Exception {
    VideoOptions options =
        VideoOptions.builder(64, 48, 29.97)
            .codec("libx265")
            .crf(21.5)
            .maxBitRate(1000)
            .bufferSize(2000)
            .keyFramesEvery(Duration.ofSeconds(2))
            .partFrom(60)
            .partFrames(120)
            .device(Device.cuda(1))
            .outputSize(32, 32)
            .fit(Fit.CONTAIN)
            .background(0x123456)
            .color(ColorSpec.BT2020_PQ)
            .hdr(HdrMetadata.bt2020(0.005, 1000).withContentLight(900, 300))
            .bitDepth(10)
            .preferredBitDepth(12)
            .rotation(90)
            .sampleAspectRatio(16, 11)
            .language("jpn")
            .metadata("director", "N. N.")
            .disposition(Disposition.FORCED)
            .option("tune", "grain")
            .build();

    assertSame(options, carried(options));
    assertSame(VideoOptions.of(64, 48, 25), carried(VideoOptions.of(64, 48, 25)));
  }

  @Test
  void hdrMetadata_withoutLight_isTheSame() throws Exception {
    HdrMetadata hdr = HdrMetadata.displayP3(0.01, 500);

    assertThat(carried(hdr)).isEqualTo(hdr);
  }

  @Test
  void audioOptions_carried_areTheSame() throws Exception {
    AudioOptions options =
        AudioOptions.builder(44_100, 6)
            .channelLayout(ChannelLayout.SURROUND_5_1)
            .outputChannelLayout(ChannelLayout.STEREO)
            .codec("aac")
            .bitRate(96_000)
            .maxGap(Duration.ofSeconds(3))
            .title("Commentary")
            .build();

    assertSame(options, carried(options));
  }

  @Test
  void partFrom_withWhatContradictsIt_refused() {
    VideoOptions.Builder part = VideoOptions.builder(64, 48, 25).partFrom(10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.build().toBuilder().openGop(true).build())
        .withMessageStartingWith("openGop contradicts partFrom");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.build().toBuilder().variableFrameRate(true).build())
        .withMessageStartingWith("variableFrameRate contradicts partFrom");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.build().toBuilder().filter("hqdn3d").build())
        .withMessageStartingWith("filter contradicts partFrom");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.partFrom(-1))
        .withMessageStartingWith("partFrom -1");
    assertThat(part.unsetPartFrom().build().partFrom()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> part.partFrames(5).build())
        .withMessageStartingWith("partFrames 5: only a part has an end");
    assertThat(part.unsetPartFrames().build().partFrames()).isEmpty();
  }
}
