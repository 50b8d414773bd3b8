package io.reelmux.reader;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PacketStreamInfo;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Transcoder}. */
final class Transcoding {
  /** Opens the encoder where the result goes. */
  @FunctionalInterface
  interface Destination {
    void open(Encoder out) throws IOException;
  }

  private final Transcoder settings;
  private final MediaReader in;
  private final Feed.Part part;
  private final List<StreamReader> readers = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private final Map<StreamInfo, Feed.Packets> copies = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Transcoding(Transcoder settings, MediaReader in) {
    this.settings = settings;
    this.in = in;
    Duration start = in.info().start().orElse(Duration.ZERO);
    Duration from = settings.from();
    Duration to = settings.to();
    Optional<Duration> duration = in.info().duration();
    if (from != null && duration.isPresent() && from.compareTo(duration.get()) >= 0) {
      throw new IllegalArgumentException(
          "trim from " + from + ": must be before the end of the input, " + duration.get());
    }
    this.part =
        new Feed.Part(from == null ? start : start.plus(from), to == null ? null : start.plus(to));
  }

  /**
   * Transcodes.
   *
   * @param container the format, or the file whose extension names it
   * @param hides whether the container has an edit list, by which it hides frames
   */
  TranscodeResult run(Destination output, String container, boolean hides) throws IOException {
    Encoder.Builder builder = Encoder.builder();
    FileTags.copy(in.info(), part, builder, notes);
    try (Encoder out = settings.encoder(builder)) {
      boolean complete = false;
      try {
        settings.started(out);
        addStreams(out, hides);
        notes.addAll(settings.inVain(copies.keySet()));
        explained(
            () -> {
              requireTicks(container);
              output.open(out);
            });
        explained(this::pump);
        copies.forEach(this::noteLeft);
        EncodingResult encoding = named(out.finish());
        noteLost(encoding);
        readers.forEach(this::noteRead);
        notes.addAll(encoding.notes());
        complete = true;
        return new TranscodeResult(
            encoding, readers.stream().map(StreamReader::report).toList(), notes);
      } finally {
        if (!complete) {
          // close() would complete the file, and it would look whole
          out.cancel();
        }
      }
    }
  }

  private void requireTicks(String container) {
    frames()
        .forEach(
            feed ->
                feed.steadyRate()
                    .ifPresent(
                        rate ->
                            TranscodeRules.requireTicks(container, feed.reader().info(), rate)));
  }

  /** A step of the encoder, which may refuse what it is given. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void explained(Step step) throws IOException {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      throw WayOut.addedTo(
          e, List.copyOf(copies.keySet()), frames().map(Feed.Frames::reader).toList());
    }
  }

  /** The encoder's notes, about streams of the input by their numbers there. */
  private EncodingResult named(EncodingResult encoding) {
    List<StreamInfo> copied = List.copyOf(copies.keySet());
    return new EncodingResult(
        encoding.container(),
        encoding.streams(),
        encoding.bytes(),
        encoding.backend(),
        encoding.notes().stream().map(note -> WayOut.named(note, copied)).toList(),
        encoding.outputs());
  }

  private Stream<Feed.Frames> frames() {
    return feeds.stream().filter(Feed.Frames.class::isInstance).map(Feed.Frames.class::cast);
  }

  private void noteRead(StreamReader reader) {
    String stream = "stream " + reader.info().index() + ": ";
    reader.report().sentences().forEach(sentence -> notes.add(stream + sentence));
  }

  /** The video streams of the result are in the order in which they were added. */
  private void noteLost(EncodingResult encoding) {
    Iterator<StreamResult> results =
        encoding.streams().stream().filter(each -> each.kind() == StreamKind.VIDEO).iterator();
    for (Feed feed : feeds) {
      if (feed.isVideo() && results.hasNext()) {
        feed.loss(results.next()).ifPresent(notes::add);
      }
    }
  }

  private void addStreams(Encoder out, boolean hides) throws IOException {
    for (StreamInfo stream : in.info().streams()) {
      if (!settings.wants(stream)) {
        notes.add("stream " + stream.index() + " (" + stream.codec() + ") has been left out");
      } else if (stream instanceof OtherInfo other) {
        throw new IllegalArgumentException(
            "stream "
                + stream.index()
                + " ("
                + other.kind()
                + ", "
                + stream.codec()
                + ") cannot be transcoded: choose video and audio streams");
      } else if (settings.copies(stream)) {
        addCopy(stream, out, hides);
      } else if (stream instanceof VideoInfo video) {
        VideoReader reader = in.video(video, settings.videoOutput());
        readers.add(reader);
        VideoOptions options = settings.change(reader.encoding());
        Relabeling.note(reader, options).ifPresent(notes::add);
        VideoStream encoded = out.addVideo(options);
        feeds.add(
            new Feed.Frames(reader, FrameFlow.of(reader, encoded, notes::add), encoded, part));
      } else if (stream instanceof AudioInfo audio) {
        AudioReader reader = in.audio(audio, settings.audioOutput());
        readers.add(reader);
        feeds.add(new Feed.Samples(reader, out.addAudio(settings.change(reader.encoding())), part));
      }
    }
    if (feeds.isEmpty()) {
      throw new UnsupportedMediaException(
          "transcode", null, 0, "no video or audio stream is left to encode", List.of());
    }
  }

  private void addCopy(StreamInfo stream, Encoder out, boolean hides) throws IOException {
    PacketStreamInfo packets =
        stream
            .facts()
            .packets()
            .orElseThrow(
                () ->
                    new UnsupportedMediaException(
                        "copy " + stream.codec(),
                        "stream " + stream.index(),
                        0,
                        "its codec is not known: encode it",
                        List.of()));
    boolean trimmed = settings.from() != null;
    if (trimmed) {
      notes.add(
          "stream "
              + stream.index()
              + " ("
              + stream.codec()
              + ") has been copied, and cut between packets");
    }
    PacketCursor cursor = in.packets(stream);
    Feed.Packets feed =
        new Feed.Packets(
            cursor,
            stream,
            out.addPackets(settings.change(withHeader(packets, cursor))),
            part,
            trimmed,
            hides);
    feeds.add(feed);
    copies.put(stream, feed);
  }

  /** MPEG-TS and raw streams have the codec's header in their packets. */
  private static PacketStreamInfo withHeader(PacketStreamInfo packets, PacketCursor cursor)
      throws IOException {
    return packets.extradata().hasRemaining() || !cursor.next()
        ? packets
        : packets.toBuilder().firstPacket(ByteBuffer.wrap(cursor.packet().toByteArray())).build();
  }

  private void noteLeft(StreamInfo stream, Feed.Packets feed) {
    feed.cutOff()
        .ifPresent(
            text -> notes.add("stream " + stream.index() + ": the input may be cut off: " + text));
    if (feed.left() > 0 && settings.from() == null) {
      notes.add(
          "stream "
              + stream.index()
              + ": "
              + feed.left()
              + " packets before the first key frame that is shown have been left out");
    }
  }

  private void pump() throws IOException {
    while (true) {
      Feed first = first();
      if (first == null) {
        return;
      }
      first.pass();
    }
  }

  private @Nullable Feed first() throws IOException {
    Feed first = null;
    for (Feed feed : feeds) {
      feed.fill();
      if (feed.isBefore(first)) {
        first = feed;
      }
    }
    return first;
  }
}
