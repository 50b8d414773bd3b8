package io.reelmux.examples;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;
import org.jspecify.annotations.Nullable;

/**
 * A sound card whose microphone hears a tone of 440 Hz, for {@link ScreenRecorderTest}. It exists
 * only with the system property {@code reelmux.test.microphone}.
 */
public final class ToneMicrophone extends MixerProvider {
  private static final Mixer.Info INFO = new Mixer.Info("tone", "Reelmux", "a tone", "1") {};

  @Override
  public Mixer.Info[] getMixerInfo() {
    return Boolean.getBoolean("reelmux.test.microphone")
        ? new Mixer.Info[] {INFO}
        : new Mixer.Info[0];
  }

  @Override
  public Mixer getMixer(Mixer.Info info) {
    if (!INFO.equals(info)) {
      throw new IllegalArgumentException("another mixer");
    }
    DataLine.Info line = new DataLine.Info(TargetDataLine.class, null);
    return proxy(
        Mixer.class,
        (method, arguments) ->
            switch (method) {
              case "getMixerInfo" -> INFO;
              case "isLineSupported" ->
                  ((Line.Info) arguments[0]).getLineClass() == TargetDataLine.class;
              case "getTargetLineInfo" -> new Line.Info[] {line};
              case "getSourceLineInfo" -> new Line.Info[0];
              case "getLine" -> microphone();
              default -> null;
            });
  }

  private static TargetDataLine microphone() {
    long[] start = {0, 0}; // nanoseconds, samples
    return proxy(
        TargetDataLine.class,
        (method, arguments) -> {
          switch (method) {
            case "start" -> start[0] = System.nanoTime();
            case "read" -> {
              return read(start, (byte[]) arguments[0], (int) arguments[2]);
            }
            case "getFormat" -> {
              return new AudioFormat(48_000, 16, 1, true, false);
            }
            default -> {}
          }
          return null;
        });
  }

  /** In real time, as a microphone. */
  private static int read(long[] start, byte[] bytes, int length) throws InterruptedException {
    ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length / 2; i++) {
      samples.putShort((short) (10_000 * Math.sin(2 * Math.PI * 440 * start[1]++ / 48_000)));
    }
    long heard = start[0] + start[1] * 1_000_000_000L / 48_000;
    Thread.sleep(Math.max(0, (heard - System.nanoTime()) / 1_000_000));
    return length;
  }

  private interface Answers {
    @Nullable Object answer(String method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.answer(method.getName(), arguments)));
  }
}
