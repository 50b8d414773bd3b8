package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.FragmentListener;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.mux.MuxStream;
import io.reelmux.ffmpeg.internal.mux.PacketTarget;
import io.reelmux.ffmpeg.internal.mux.UnstoredMetadata;
import io.reelmux.spi.FileMetadata;
import io.reelmux.spi.OutputRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Opens the targets that write segments and fragments. */
public final class SegmentTargets {

  private SegmentTargets() {}

  /** Prepares what a request asks for, as {@link #segments} or {@link #fragments}. */
  public static PacketTarget prepare(
      OutputRequest request,
      List<MuxStream> streams,
      FileMetadata metadata,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    if (request instanceof OutputRequest.ToSegments segments) {
      SegmentOptions options = segments.options();
      if (options.fileBytes().isPresent()) {
        return new RotatingTarget(
            streams, segments.store(), options, metadata, reproducible, log, notes);
      }
      UnstoredMetadata.note(metadata, "segments", notes);
      return segments(streams, segments.store(), options, reproducible, log, notes);
    }
    OutputRequest.ToFragments fragments = (OutputRequest.ToFragments) request;
    UnstoredMetadata.note(metadata, "fragments", notes);
    return fragments(streams, fragments.listener(), fragments.length(), reproducible, log, notes);
  }

  /**
   * Prepares segments. The store is not touched.
   *
   * @param streams video and audio; their parameters must outlive the target
   * @param reproducible whether to leave out what differs each time
   * @param notes receives what is not written as asked for
   * @throws IllegalArgumentException if streams, names or store do not fit the options
   */
  public static PacketTarget segments(
      List<MuxStream> streams,
      SegmentStore store,
      SegmentOptions options,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    return segments(streams, store, options, reproducible, log, notes, InstantSource.system());
  }

  /** Prepares segments as they are at other times. */
  static PacketTarget segments(
      List<MuxStream> streams,
      SegmentStore store,
      SegmentOptions options,
      boolean reproducible,
      SessionLog log,
      Notes notes,
      InstantSource clock)
      throws IOException {
    if (options.parts().isPresent() && !store.holdsRequests()) {
      throw new IllegalArgumentException(
          "parts require a store that holds requests: use LiveStore, or override"
              + " SegmentStore.holdsRequests()");
    }
    if (options.fileBytes().isPresent()) {
      return new RotatingTarget(
          streams, store, options, FileMetadata.NONE, reproducible, log, notes);
    }
    return options.format() == SegmentFormat.MPEG_TS
        ? new TsSegmenter(streams, store, options, reproducible, log, notes, clock)
        : new Segmenter(streams, store, options, reproducible, log, notes, clock);
  }

  /**
   * Prepares fragments. The listener is not called.
   *
   * @param streams video and audio; their parameters must outlive the target
   * @param length of a fragment
   * @param reproducible whether to leave out what differs each time
   * @param notes receives what is not written as asked for
   * @throws IllegalArgumentException if the streams cannot be in an MP4 that is played as it grows
   */
  public static PacketTarget fragments(
      List<MuxStream> streams,
      FragmentListener listener,
      Duration length,
      boolean reproducible,
      SessionLog log,
      Notes notes)
      throws IOException {
    return new FragmentTarget(streams, listener, length, reproducible, log, notes);
  }
}
