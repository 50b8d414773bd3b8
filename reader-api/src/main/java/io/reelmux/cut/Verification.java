package io.reelmux.cut;

import io.reelmux.Packet;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Damage;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.PacketCursor;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    List<Packet> packets = new ArrayList<>();
    try (PacketCursor cursor = file.packets(video)) {
      while (cursor.next()) {
        Packet packet = cursor.packet();
        packets.add(
            new Packet(
                packet.stream(), new byte[0], packet.pts(), packet.dts(), 0, packet.keyFrame()));
      }
    }
    if (packets.size() != plan.totalFrames()) {
      throw new CutException(
          "the joined video has "
              + packets.size()
              + " packets of "
              + plan.totalFrames()
              + " frames");
    }
    FrameOrder order =
        new FrameOrder(
            packets.get(0).stream().timeBase(),
            packets.stream().mapToLong(Packet::pts).toArray(),
            packets.get(0).dts());
    Optional<String> irregular = order.irregular(plan.frameRate());
    if (irregular.isPresent()) {
      throw new CutException("the joined video: " + irregular.get());
    }
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < packets.size(); i++) {
      if (packets.get(i).keyFrame()) {
        keys.add((long) order.rank(i));
      }
    }
    for (Chunk chunk : plan.chunks()) {
      if (!keys.contains(chunk.firstFrame())) {
        throw new CutException(chunk, "its first frame is no key frame of the joined video");
      }
    }
    return keys.size();
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
