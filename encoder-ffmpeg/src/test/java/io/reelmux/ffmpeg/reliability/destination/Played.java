package io.reelmux.ffmpeg.reliability.destination;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.testing.media.Demuxer;
import io.reelmux.testing.media.StreamDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** What FFmpeg's demuxers and decoders can read of a file that may be truncated or damaged. */
final class Played {

  /** One stream; frames are the numbers that {@link Clip} has put into them. */
  private static final class Playing {
    private final boolean video;
    private final @Nullable StreamDecoder decoder;
    private final List<String> packets = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();
    private long samples;

    Playing(AVStream stream) {
      video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
      decoder = open(stream);
    }

    private static @Nullable StreamDecoder open(AVStream stream) {
      try {
        return StreamDecoder.of(stream, Map.of());
      } catch (IOException e) {
        return null;
      }
    }

    void decode(AVPacket packet) {
      try {
        if (decoder != null) {
          decoder.decode(packet, this::add);
        }
      } catch (IOException e) {
        // damaged: the next packet may be whole
      }
    }

    void drain() {
      try {
        if (decoder != null) {
          decoder.drain(this::add);
        }
      } catch (IOException e) {
        // damaged
      }
    }

    private void add(AVFrame frame) {
      if (video) {
        frames.add(Clip.number(frame.data(0).capacity(frame.linesize(0)).asByteBuffer()));
      } else {
        samples += frame.nb_samples();
      }
    }
  }

  private final List<Playing> streams = new ArrayList<>();

  private Played() {}

  /** Reads bytes as a file. */
  static Played of(byte[] bytes, Path directory) throws IOException {
    Path file = directory.resolve("played");
    Files.write(file, bytes);
    return of(file);
  }

  /** Reads a file; an unreadable file has no streams. */
  static Played of(Path file) {
    Played played = new Played();
    try (Demuxer demuxer = Demuxer.open(file)) {
      played.read(demuxer);
    } catch (IOException e) {
      // no streams
    }
    return played;
  }

  /** Returns the numbers of the frames in presentation order. */
  List<Integer> frames() {
    return streams.stream()
        .filter(stream -> stream.video)
        .findFirst()
        .map(stream -> stream.frames)
        .orElse(List.of());
  }

  /** Returns the number of decoded samples of the first audio stream. */
  long samples() {
    return streams.stream()
        .filter(stream -> !stream.video)
        .mapToLong(stream -> stream.samples)
        .findFirst()
        .orElse(0);
  }

  /** Returns each packet as text: times, flags, size, content; per stream. */
  List<List<String>> packets() {
    return streams.stream().map(stream -> stream.packets).toList();
  }

  private void read(Demuxer demuxer) {
    demuxer.streams().forEach(stream -> streams.add(new Playing(stream)));
    demuxer.forEachReadablePacket(
        packet -> {
          Playing stream = streams.get(packet.stream_index());
          stream.packets.add(describe(packet));
          stream.decode(packet);
        });
    for (Playing stream : streams) {
      stream.drain();
      if (stream.decoder != null) {
        stream.decoder.close();
      }
    }
  }

  private static String describe(AVPacket packet) {
    byte[] data = new byte[packet.size()];
    packet.data().get(data);
    CRC32 sum = new CRC32();
    sum.update(data);
    return "pts %d dts %d duration %d flags %d size %d sum %x"
        .formatted(
            packet.pts(),
            packet.dts(),
            packet.duration(),
            packet.flags(),
            packet.size(),
            sum.getValue());
  }
}
