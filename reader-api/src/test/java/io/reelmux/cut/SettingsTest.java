package io.reelmux.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.HdrMetadata;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No setting is left out when those of two chunks are compared. */
class SettingsTest {

  @Test
  void of_optionsWithEverythingSet_hasEveryGetter() {
    Set<String> names = new TreeSet<>();
    // each of them has some that contradict others
    names.addAll(Settings.of(common().crf(20).maxBitRate(1000).bufferSize(1000).build()).keySet());
    names.addAll(Settings.of(common().qp(20).gop(3).preset("p").build()).keySet());
    names.addAll(Settings.of(rates().keyInterval(Duration.ofSeconds(1)).build()).keySet());
    names.addAll(
        Settings.of(
                VideoOptions.builder(64, 48, 25)
                    .keyFramesEvery(Duration.ofSeconds(1))
                    .quality(Quality.HIGH)
                    .build())
            .keySet());

    Set<String> getters =
        Stream.of(VideoOptions.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .filter(SettingsTest::isGetter)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names).isEqualTo(getters);
  }

  private static boolean isGetter(Method method) {
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && !Arrays.asList("toBuilder", "toString").contains(method.getName());
  }

  private static VideoOptions.Builder common() {
    return VideoOptions.builder(64, 48, 25)
        .codec("any")
        .pixelFormat("yuv420p")
        .color(ColorSpec.BT709_LIMITED)
        .alpha(AlphaMode.FLATTEN)
        .maxBFrames(2)
        .threads(1)
        .profile("main")
        .partFrom(0)
        .partFrames(9)
        .sampleAspectRatio(4, 3)
        .hdr(HdrMetadata.bt2020(0.005, 1000))
        .timecode("00:00:00:00")
        .language("eng")
        .title("T")
        .metadata("a", "b");
  }

  private static VideoOptions.Builder rates() {
    return VideoOptions.builder(64, 48, 25)
        .bitRate(1000)
        .rateControl(RateControl.CONSTANT_BIT_RATE)
        .speed(Speed.FAST)
        .bitDepth(8)
        .preferredBitDepth(8)
        .filter("null");
  }
}
