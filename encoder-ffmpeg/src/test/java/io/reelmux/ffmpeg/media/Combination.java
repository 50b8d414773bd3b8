package io.reelmux.ffmpeg.media;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two encoders, a container and a frame size, which encode the same clip and the same tone.
 *
 * @param video the video encoder; none is the container's default
 * @param speed the speed of the video encoder, if it has any
 */
record Combination(
    String container,
    Optional<String> video,
    String audio,
    int width,
    int height,
    Optional<Speed> speed) {
  private static final int RATE = 48_000;
  private static final int FRAMES = 6;
  private static final Map<String, List<byte[]>> CLIPS = new ConcurrentHashMap<>();

  /** Reads what {@link #toArgument} returned. */
  static Combination ofArgument(String argument) {
    List<String> parts = List.of(argument.split(",", -1));
    return new Combination(
        parts.get(0),
        optional(parts.get(1)),
        parts.get(2),
        Integer.parseInt(parts.get(3)),
        Integer.parseInt(parts.get(4)),
        optional(parts.get(5)).map(Speed::valueOf));
  }

  private static Optional<String> optional(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  /** Returns this as one argument of a program. */
  String toArgument() {
    return String.join(
        ",",
        container,
        video.orElse(""),
        audio,
        Integer.toString(width),
        Integer.toString(height),
        speed.map(Speed::name).orElse(""));
  }

  /** Shapes that move: x264's macroblock tree makes nothing of noise alone. */
  private List<byte[]> clip() {
    return CLIPS.computeIfAbsent(
        width + "x" + height, size -> NoisyClip.frames(width, height, FRAMES));
  }

  /**
   * Returns the hashes from a fresh JVM, in which memory is filled with a byte when it is allocated
   * and freed.
   */
  static List<String> hashesInFreshJvm(List<Combination> combinations, int fill) {
    return ChildJvm.of(RepeatabilityMain.class)
        .environment("MALLOC_PERTURB_", Integer.toString(fill))
        .with(combinations.stream().map(Combination::toArgument).toArray())
        .run(Duration.ofMinutes(5))
        .lines();
  }

  /** Returns the SHA-256 of the file. */
  String hash() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(encode(Encoder.builder())));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the file. */
  byte[] encode(Encoder.Builder builder) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    encode(builder, output);
    return output.toByteArray();
  }

  /** Writes the file; Ogg gets audio only. */
  EncodingResult encode(Encoder.Builder builder, OutputStream output) throws IOException {
    List<byte[]> clip = clip();
    VideoOptions.Builder options = VideoOptions.builder(width, height, 25);
    video.ifPresent(options::codec);
    speed.ifPresent(options::speed);
    try (Encoder encoder = builder.build()) {
      VideoStream frames = container.equals("ogg") ? null : encoder.addVideo(options.build());
      AudioStream samples = encoder.addAudio(AudioOptions.builder(RATE, 2).codec(audio).build());
      encoder.openFileLike(output, container);
      for (byte[] rgb : clip) {
        if (frames != null) {
          frames.addFrame(Fixtures.rgb24(width, height, rgb));
        }
        samples.addSamples(AudioSamples.of(Fixtures.sine(RATE, 2, RATE / 25)));
      }
      return encoder.finish();
    }
  }
}
