package io.reelmux.reader.ffmpeg.internal.decode;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.VideoInfo;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import io.reelmux.reader.ffmpeg.internal.av.DeviceFailure;
import io.reelmux.reader.ffmpeg.internal.demux.DecoderOpener;
import io.reelmux.reader.ffmpeg.internal.demux.MediaFile;
import io.reelmux.reader.ffmpeg.internal.demux.PacketSource;
import io.reelmux.reader.ffmpeg.internal.index.FrameTable;
import io.reelmux.reader.ffmpeg.internal.index.Indexer;
import io.reelmux.reader.ffmpeg.internal.index.SavedTable;
import java.io.IOException;

/** Opens the decoders of one video stream of a file, and makes its index. */
final class StreamDecoding {

  /** Assumed where a file states no frame rate, as FFmpeg does. */
  private static final FrameRate USUAL_RATE = new FrameRate(25, 1);

  private final MediaFile file;
  private final VideoInfo info;

  StreamDecoding(MediaFile file, VideoInfo info) {
    this.file = file;
    this.info = info;
  }

  int stream() {
    return info.index();
  }

  TimeBase timeBase() {
    return info.facts().timeBase();
  }

  /**
   * Opens a decoder at the start of the stream, on a device if it can, else on the CPU.
   *
   * @throws IOException also if the device cannot decode the stream and the CPU must not
   */
  FrameDecoder open(DecodingDevice device, int threads, DamageCount count) throws IOException {
    if (!device.current().isCuda()) {
      return open(threads, count);
    }
    PacketSource source = file.packets(stream());
    DecoderContext context;
    try {
      context = device.open(source.stream(), file.limits());
    } catch (DeviceFailure | UnsupportedMediaException e) {
      withSource(
          source,
          () -> {
            fallBack(device, e);
            return true;
          });
      return open(source, threads, count);
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, source);
      throw e;
    }
    return settled(device, context, source, threads, count);
  }

  private static void fallBack(DecodingDevice device, IOException failure) throws IOException {
    if (failure instanceof DeviceFailure refused) {
      device.fallBack(refused);
    } else {
      device.fallBack((UnsupportedMediaException) failure);
    }
  }

  /**
   * Decodes as far as necessary to know that the device does. A source that can be read once is not
   * touched, because other streams of it may be opened afterward: there the first frame tells.
   */
  private FrameDecoder settled(
      DecodingDevice device,
      DecoderContext context,
      PacketSource source,
      int threads,
      DamageCount count)
      throws IOException {
    FrameDecoder decoder = frameDecoder(context, source, count);
    try {
      try {
        if (file.seekable()) {
          decoder.settle();
        }
      } catch (DeviceFailure e) {
        device.fallBack(e);
        replace(decoder, threads);
        decoder.rewind();
      }
      return decoder;
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, decoder);
      throw e;
    }
  }

  /** Lets the CPU go on after a failure of the device; decoding must be moved then, or rewound. */
  void replace(FrameDecoder decoder, int threads) throws IOException {
    decoder.replace(DecoderOpener.open(decoder.stream(), threads, file.limits()));
  }

  /** Opens a decoder on the CPU at the start of the stream. */
  FrameDecoder open(int threads, DamageCount count) throws IOException {
    return open(file.packets(stream()), threads, count);
  }

  private FrameDecoder open(PacketSource source, int threads, DamageCount count)
      throws IOException {
    DecoderContext context =
        withSource(source, () -> DecoderOpener.open(source.stream(), threads, file.limits()));
    return frameDecoder(context, source, count);
  }

  /** Closes the source if the work fails. */
  private static <T> T withSource(PacketSource source, ThrowingSupplier<T, IOException> work)
      throws IOException {
    try {
      return work.get();
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, source);
      throw e;
    }
  }

  /** Takes over the context and the source. */
  private FrameDecoder frameDecoder(DecoderContext context, PacketSource source, DamageCount count)
      throws IOException {
    NativeScope owners = new NativeScope();
    owners.add(context);
    try {
      // the source may be replaced, so the numbered packets own it once they exist
      NumberedPackets packets = owners.add(numbered(source));
      if (!context.isSettled() && !file.seekable()) {
        packets.keep();
      }
      return new FrameDecoder(context, packets, count, file.cancellation());
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, owners);
      throw e;
    }
  }

  private NumberedPackets numbered(PacketSource source) throws IOException {
    try {
      return new NumberedPackets(source, () -> file.packets(stream()));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, source);
      throw e;
    }
  }

  /**
   * Restores a table from an index that was made before.
   *
   * @throws IllegalArgumentException if it is not of this stream
   */
  FrameTable table(FrameIndex given) throws IOException {
    if (!file.seekable()) {
      throw new IllegalArgumentException(
          "index: the source can be read once, from start to end, so that frames cannot be found"
              + " by number; use ByteSource.spooled");
    }
    return SavedTable.read(given, file.identity(info));
  }

  /** A clock for frames that have no index. */
  FrameClock clock(DamageCount count) {
    FrameRate rate = info.frameRate().orElse(USUAL_RATE);
    double ticks =
        (double) timeBase().denominator()
            / timeBase().numerator()
            * rate.denominator()
            / rate.numerator();
    return new FrameClock(Math.round(ticks), count);
  }

  /** Whether frames can have numbers that the whole stream tells. */
  boolean canIndex() {
    return file.seekable();
  }

  /**
   * Scans the stream, and decodes its head and its tail.
   *
   * @param count receives notes on the times of frames; what is decoded for the index is not
   *     counted
   */
  FrameTable index(DamageCount count) throws IOException {
    if (!file.seekable()) {
      throw new IllegalStateException(
          "the source can be read once, from start to end: frames have no numbers there; use"
              + " ByteSource.spooled");
    }
    DamageCount ignored = new DamageCount(timeBase());
    try (PacketSource scan = file.packets(stream());
        NativeScope owners = new NativeScope()) {
      return Indexer.index(
          scan,
          file.identity(info),
          file.statedEnd(stream()),
          file.limits().maxMemory(),
          packets -> {
            FrameDecoder decoder = owners.add(open(1, ignored));
            decoder.recognizeBy(packets);
            return new DecodingProbe(decoder, packets, () -> clock(count));
          });
    }
  }
}
