package io.reelmux.ffmpeg.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.StreamKind;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.junit.jupiter.api.Test;

/** Neither a default nor a bit depth makes color frames gray, unless an encoder has gray only. */
class ColorFormatsTest {

  @Test
  void choose_encodersThatHaveColor_neverChoosesGray() throws IOException {
    List<String> gray = new ArrayList<>();
    int chosen = 0;
    for (EncoderInfo encoder : EncoderCatalog.load().encoders(StreamKind.VIDEO)) {
      AVCodec codec = Codecs.find(encoder.name()).orElseThrow();
      List<Integer> usable = PixelFormats.usable(codec);
      if (!usable.isEmpty() && usable.stream().allMatch(PixelFormat::isGray)) {
        continue;
      }
      for (int bits : new int[] {0, 8, 10, 12}) {
        OptionalInt format = chosen(codec, bits);
        chosen += format.isPresent() ? 1 : 0;
        if (format.isPresent() && PixelFormat.isGray(format.getAsInt())) {
          gray.add(encoder.name() + " " + bits);
        }
      }
    }

    assertThat(gray).isEmpty();
    assertThat(chosen).isGreaterThan(100);
  }

  /** Returns nothing if it is refused. */
  private static OptionalInt chosen(AVCodec codec, int bits) {
    VideoOptions.Builder options = VideoOptions.builder(64, 64, 25);
    if (bits > 0) {
      options.bitDepth(bits);
    }
    try {
      return OptionalInt.of(PixelFormats.choose(codec, options.build(), Container.PACKETS_ONLY));
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }
}
