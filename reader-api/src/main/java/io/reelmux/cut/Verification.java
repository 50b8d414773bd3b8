package io.reelmux.cut;

import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Damage;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * A joined video that has been read again and is what its plan says.
 *
 * @param frames the number of frames
 * @param keyFrames the number of key frames
 * @param decoded whether all frames have been decoded as well
 */
public record Verification(long frames, long keyFrames, boolean decoded) {

  /**
   * Reads a joined video and compares it with its plan.
   *
   * @param plan the plan
   * @param file the joined video
   * @param level how closely it is looked at
   * @return what was found
   * @throws CutException if the video is not what the plan says
   * @throws IOException if it cannot be read or, with {@link VerifyLevel#DECODE}, decoded
   */
  public static Verification of(CutPlan plan, Path file, VerifyLevel level) throws IOException {
    return of(plan, SourceOpener.of(file), level);
  }

  /**
   * Reads a joined video and compares it with its plan.
   *
   * @param plan the plan
   * @param source opens the joined video
   * @param level how closely it is looked at
   * @return what was found
   * @throws CutException if the video is not what the plan says
   * @throws IOException if it cannot be read or, with {@link VerifyLevel#DECODE}, decoded
   */
  public static Verification of(CutPlan plan, SourceOpener source, VerifyLevel level)
      throws IOException {
    try (ByteSource bytes = source.open();
        MediaReader file = MediaReader.builder().open(bytes)) {
      if (file.info().videos().isEmpty()) {
        throw new CutException("the joined file has no video");
      }
      VideoInfo video = file.info().videos().get(0);
      long keyFrames = verifyPackets(plan, file, video);
      boolean decode = level == VerifyLevel.DECODE;
      if (decode) {
        verifyFrames(plan, file, video);
      }
      return new Verification(plan.totalFrames(), keyFrames, decode);
    }
  }

  private static long verifyPackets(CutPlan plan, MediaReader file, VideoInfo video)
      throws IOException {
    int expected = Math.toIntExact(plan.totalFrames());
    long[] pts = new long[expected];
    BitSet keyPackets = new BitSet();
    int count = 0;
    try (PacketCursor cursor = file.packets(video)) {
      while (cursor.next()) {
        if (count < expected) {
          pts[count] = cursor.packet().pts();
          keyPackets.set(count, cursor.packet().keyFrame());
        }
        count++;
      }
    }
    if (count != expected) {
      throw new CutException(
          "the joined video has " + count + " packets of " + expected + " frames");
    }
    FrameOrder order = new FrameOrder(video.facts().timeBase(), pts, /* firstDts= */ pts[0]);
    Optional<String> irregular = order.irregular(plan.frameRate());
    if (irregular.isPresent()) {
      throw new CutException("the joined video: " + irregular.get());
    }
    BitSet keyFrames = new BitSet();
    keyPackets.stream().forEach(packet -> keyFrames.set(order.rank(packet)));
    for (Chunk chunk : plan.chunks()) {
      if (!keyFrames.get((int) chunk.firstFrame())) {
        throw new CutException(chunk, "its first frame is not a key frame of the joined video");
      }
    }
    return keyFrames.cardinality();
  }

  private static void verifyFrames(CutPlan plan, MediaReader file, VideoInfo video)
      throws IOException {
    FrameCursor cursor = file.video(video, VideoOutput.source().damage(Damage.FAIL)).cursor();
    long frames = 0;
    while (cursor.next()) {
      frames++;
    }
    if (frames != plan.totalFrames()) {
      throw new CutException(
          "the joined video has " + frames + " frames instead of " + plan.totalFrames());
    }
  }
}
