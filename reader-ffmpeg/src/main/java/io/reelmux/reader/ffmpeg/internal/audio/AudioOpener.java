package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;

import io.reelmux.AudioOptions;
import io.reelmux.SampleLayout;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import io.reelmux.reader.ffmpeg.internal.decode.NumberedPackets;
import io.reelmux.reader.ffmpeg.internal.demux.DecoderOpener;
import io.reelmux.reader.ffmpeg.internal.demux.Failures;
import io.reelmux.reader.ffmpeg.internal.demux.MediaFile;
import io.reelmux.reader.ffmpeg.internal.demux.PacketSource;
import io.reelmux.reader.ffmpeg.internal.index.PacketScan;
import io.reelmux.reader.ffmpeg.internal.index.PacketTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.jspecify.annotations.Nullable;

/** Opens all parts of an audio decoder. Used once. */
final class AudioOpener {
  private final MediaFile file;
  private final AudioInfo info;
  private final AudioOutput output;
  private final String label;
  private final SampleLayout layout;
  private final int sampleRate;
  private final DamageCount count;
  private final NativeScope owners = new NativeScope();

  AudioOpener(MediaFile file, AudioInfo info, AudioOutput output) {
    this.file = file;
    this.info = info;
    this.output = output;
    this.label = "audio " + info.index();
    this.layout = output.layout().orElse(info.layout());
    this.sampleRate = output.sampleRate().orElse(info.sampleRate());
    this.count = new DamageCount(info.facts().timeBase());
  }

  FfmpegAudioDecoder open() throws IOException {
    return Failures.during(
        file.log(),
        label,
        () -> {
          try {
            checkStream();
            return openParts();
          } catch (IOException | RuntimeException | Error e) {
            NativeScope.closeAfter(e, owners);
            throw e;
          }
        });
  }

  private void checkStream() throws UnsupportedMediaException {
    if (info.sampleRate() <= 0 || info.channels() <= 0) {
      throw unsupported("the file does not tell the sample rate or the number of channels");
    }
    if (info.channels() > AudioOptions.MAX_CHANNELS) {
      throw unsupported(
          info.channels() + " channels: at most " + AudioOptions.MAX_CHANNELS + " are possible");
    }
  }

  private UnsupportedMediaException unsupported(String text) {
    return new UnsupportedMediaException("decode the stream", label, 0, text, List.of());
  }

  private FfmpegAudioDecoder openParts() throws IOException {
    PacketSource packets = file.packets(info.index());
    PieceDecoder first = decoder(packets);
    AVCodecParameters stream = packets.stream().codecpar();
    ChannelMix mix =
        owners.add(
            ChannelMix.of(stream.ch_layout(), info.channelLayout(), output.channels(), count));
    SampleLayout inner =
        sampleRate == info.sampleRate() ? layout : SampleFormats.forRate(info.layout(), layout);
    FrameConverter converter = owners.add(new FrameConverter(mix, inner, info.sampleRate(), count));
    SampleSource source =
        owners.add(
            new SampleSource(
                first,
                stream.codec_id(),
                converter,
                trimming(packets),
                new GapWatch(info.facts().timeBase(), info.sampleRate(), count),
                count,
                new FileAccess()));
    RateConverter rate = rate(source, inner, mix);
    AudioForm form = new AudioForm(layout, sampleRate, mix.channels(), mix.order());
    return new FfmpegAudioDecoder(file, label, form, output.damage(), count, source, rate, owners);
  }

  /** Opens a decoder at the start. */
  private PieceDecoder decoder(PacketSource packets) throws IOException {
    NumberedPackets numbered = owners.add(numbered(packets));
    return owners.add(
        new PieceDecoder(
            stream -> DecoderOpener.openAudio(stream, file.limits()),
            numbered,
            file.cancellation(),
            info.sampleRate()));
  }

  private NumberedPackets numbered(PacketSource packets) throws IOException {
    try {
      return new NumberedPackets(packets, () -> file.packets(info.index()));
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, packets);
      throw e;
    }
  }

  /** What reads on from the open file. */
  private final class FileAccess implements SampleSource.Access {
    @Override
    public PieceDecoder open() throws IOException {
      return openAgain();
    }

    @Override
    public Optional<String> endsEarly(long startNanos, long samples) {
      double seconds = (double) samples / info.sampleRate();
      return file.endsEarly(info, Duration.ofNanos(startNanos + Math.round(seconds * 1e9)));
    }
  }

  /** Scans the stream, and opens a decoder that can be moved. */
  private PieceDecoder openAgain() throws IOException {
    PacketTable table;
    try (PacketSource packets = file.packets(info.index())) {
      table = PacketScan.scan(packets, file.limits().maxMemory());
    }
    PieceDecoder decoder = decoder(file.packets(info.index()));
    decoder.recognizeBy(table);
    return decoder;
  }

  private Trimming trimming(PacketSource packets) {
    int flags = packets.demuxer().context().struct().iformat().flags();
    return new Trimming(
        info.sampleRate(),
        info.facts().timeBase(),
        info.priming(),
        (flags & AVFMT_TS_DISCONT) != 0,
        output.keepsPriming());
  }

  private @Nullable RateConverter rate(SampleSource source, SampleLayout inner, ChannelMix mix)
      throws IOException {
    if (sampleRate == info.sampleRate()) {
      return null;
    }
    return owners.add(
        new RateConverter(
            source, inner, info.sampleRate(), layout, sampleRate, mix.target(), file.limits()));
  }
}
