package io.reelmux;

import io.reelmux.spi.Orientation;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a muxer needs to know of a stream of encoded packets: given to a {@link PacketListener}, and
 * required by {@link Encoder#addPackets}. Immutable.
 *
 * <p>Made by hand, a video stream needs its width and height, an audio stream its sample rate and
 * channels. Containers that store the codec's global header also need the {@link #extradata}, or
 * the first packet, in which it is looked for.
 */
public final class PacketStreamInfo {
  private final Builder settings;

  private PacketStreamInfo(Builder settings) {
    this.settings = settings;
  }

  /**
   * Returns a builder with the required values.
   *
   * @param kind video, audio or subtitles
   * @param codec the name of the codec ({@code h264}, {@code aac})
   * @param timeBase the unit of the packets' times
   * @return a builder
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder builder(StreamKind kind, String codec, TimeBase timeBase) {
    return new Builder(kind, codec, timeBase);
  }

  /**
   * Returns a builder initialized with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** {@return video, audio or subtitles} */
  public StreamKind kind() {
    return settings.kind;
  }

  /** {@return the name of the codec: {@code h264}, {@code aac}} */
  public String codec() {
    return settings.codec;
  }

  /** {@return the unit of the packets' times} */
  public TimeBase timeBase() {
    return settings.timeBase;
  }

  /** {@return the position among all streams of the encoder that made the packets; 0 by default} */
  public int index() {
    return settings.index;
  }

  /** {@return the width of video in pixels; 0 for audio} */
  public int width() {
    return settings.width;
  }

  /** {@return the height of video in pixels; 0 for audio} */
  public int height() {
    return settings.height;
  }

  /** {@return the frame rate, if it is constant} */
  public Optional<FrameRate> frameRate() {
    return Optional.ofNullable(settings.frameRate);
  }

  /** {@return the colors of video, if they are known} */
  public Optional<ColorSpec> color() {
    return Optional.ofNullable(settings.color);
  }

  /** {@return the width of a pixel over its height, if the stream says so} */
  public Optional<SampleAspectRatio> sampleAspectRatio() {
    return Optional.ofNullable(settings.sampleAspectRatio);
  }

  /** {@return the order of the fields, if the stream says that frames are interlaced or not} */
  public Optional<FieldOrder> fieldOrder() {
    return Optional.ofNullable(settings.fieldOrder);
  }

  /** {@return the pixel or sample format, by FFmpeg's name, if it is known} */
  public Optional<String> format() {
    return Optional.ofNullable(settings.format);
  }

  /** {@return the sample rate of audio, in samples per second; 0 for video} */
  public int sampleRate() {
    return settings.sampleRate;
  }

  /** {@return the number of channels of audio; 0 for video} */
  public int channels() {
    return settings.channels;
  }

  /** {@return the channel layout, by FFmpeg's name ({@code 5.1(side)}), if it is known} */
  public Optional<String> channelLayout() {
    return Optional.ofNullable(settings.channelLayout);
  }

  /** {@return the samples of each packet, if all have the same number; 0 otherwise} */
  public int frameSize() {
    return settings.frameSize;
  }

  /** {@return the samples at the start that players skip: the encoder's priming} */
  public int initialPadding() {
    return settings.initialPadding;
  }

  /** {@return the profile, as the codec's standard numbers it, if it is known} */
  public OptionalInt profile() {
    return optional(settings.profile);
  }

  /** {@return the level, as FFmpeg numbers it (H.264: 31 for level 3.1), if it is known} */
  public OptionalInt level() {
    return optional(settings.level);
  }

  /** {@return the average bit rate, in bits per second; 0 if it is not known} */
  public long bitRate() {
    return settings.bitRate;
  }

  /**
   * {@return the codec's global header (parameter sets, decoder configuration), read-only; may be
   * empty}
   */
  public ByteBuffer extradata() {
    return ByteBuffer.wrap(settings.extradata).asReadOnlyBuffer();
  }

  /**
   * {@return what of the {@link #extradata} decoding depends on, read-only: the parameter sets of
   * H.264 and HEVC as NAL units without start codes, the sequence header of AV1, and all of it for
   * other codecs. Packets of two streams can be decoded one after another if these are equal. Empty
   * if there is no extradata, or the description was made by hand}
   */
  public List<ByteBuffer> parameterSets() {
    return settings.parameterSets.stream()
        .map(set -> ByteBuffer.wrap(set).asReadOnlyBuffer())
        .toList();
  }

  /** {@return the first packet, in which a missing global header is looked for; may be empty} */
  public ByteBuffer firstPacket() {
    return ByteBuffer.wrap(settings.firstPacket).asReadOnlyBuffer();
  }

  /**
   * {@return the codec and its profile as RFC 6381 writes them ({@code avc1.64001f}, {@code
   * mp4a.40.2}), for HLS, DASH and the MIME types of browsers; empty if the codec has no such name
   * or the profile is not known}
   */
  public Optional<String> codecString() {
    return Optional.ofNullable(settings.codecString);
  }

  /** {@return the side data of the whole stream, such as HDR metadata and rotation, read-only} */
  public Map<SideDataType, ByteBuffer> sideData() {
    Map<SideDataType, ByteBuffer> views = new EnumMap<>(SideDataType.class);
    settings.sideData.forEach(
        (type, data) -> views.put(type, ByteBuffer.wrap(data).asReadOnlyBuffer()));
    return Collections.unmodifiableMap(views);
  }

  /**
   * {@return the clockwise rotation that players apply, of the side data {@link
   * SideDataType#DISPLAYMATRIX}: 0, 90, 180 or 270 degrees; the nearest of them for other angles}
   */
  public int rotation() {
    return Orientation.of(settings.sideData.get(SideDataType.DISPLAYMATRIX)).rotation();
  }

  /** {@return the ISO 639-2 code of the language} */
  public Optional<String> language() {
    return Optional.ofNullable(settings.language);
  }

  /** {@return the stream's title} */
  public Optional<String> title() {
    return Optional.ofNullable(settings.title);
  }

  /** {@return the dispositions of the stream, in no particular order} */
  public Set<Disposition> dispositions() {
    return Collections.unmodifiableSet(settings.dispositions);
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** {@return kind, codec and time base in one line} */
  @Override
  public String toString() {
    return settings.kind
        + " "
        + settings.index
        + ": "
        + settings.codec
        + ", times in "
        + settings.timeBase.numerator()
        + "/"
        + settings.timeBase.denominator()
        + " s";
  }

  /** A builder. Not thread-safe; may build several descriptions. */
  public static final class Builder {

    /** Of a header: FFmpeg's own limit. */
    private static final int MAX_BYTES = 1 << 28;

    private final StreamKind kind;
    private final String codec;
    private TimeBase timeBase;
    private int index;
    private int width;
    private int height;
    private @Nullable FrameRate frameRate;
    private @Nullable ColorSpec color;
    private @Nullable SampleAspectRatio sampleAspectRatio;
    private @Nullable FieldOrder fieldOrder;
    private @Nullable String format;
    private int sampleRate;
    private int channels;
    private @Nullable String channelLayout;
    private int frameSize;
    private int initialPadding;
    private @Nullable Integer profile;
    private @Nullable Integer level;
    private long bitRate;
    private byte[] extradata = {};
    private List<byte[]> parameterSets = List.of();
    private byte[] firstPacket = {};
    private @Nullable String codecString;
    private @Nullable String language;
    private @Nullable String title;
    private final Map<SideDataType, byte[]> sideData = new EnumMap<>(SideDataType.class);
    private @Nullable Integer rotation;

    /** Whether the display matrix was set here, and not taken over. */
    private boolean setsMatrix;

    private final Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);

    private Builder(StreamKind kind, String codec, TimeBase timeBase) {
      this.kind = Objects.requireNonNull(kind, "kind");
      this.codec = Checks.name("codec", codec);
      this.timeBase = Objects.requireNonNull(timeBase, "timeBase");
    }

    private Builder(Builder other) {
      this(other.kind, other.codec, other.timeBase);
      index = other.index;
      width = other.width;
      height = other.height;
      frameRate = other.frameRate;
      color = other.color;
      sampleAspectRatio = other.sampleAspectRatio;
      fieldOrder = other.fieldOrder;
      format = other.format;
      sampleRate = other.sampleRate;
      channels = other.channels;
      channelLayout = other.channelLayout;
      frameSize = other.frameSize;
      initialPadding = other.initialPadding;
      profile = other.profile;
      level = other.level;
      bitRate = other.bitRate;
      extradata = other.extradata;
      parameterSets = other.parameterSets;
      firstPacket = other.firstPacket;
      codecString = other.codecString;
      language = other.language;
      title = other.title;
      sideData.putAll(other.sideData);
      dispositions.addAll(other.dispositions);
    }

    /** {@return video, audio or subtitles, as the builder was created} */
    public StreamKind kind() {
      return kind;
    }

    /**
     * Replaces the unit of the packets' times that the builder was created with.
     *
     * @param value the unit
     * @return this
     */
    public Builder timeBase(TimeBase value) {
      timeBase = Objects.requireNonNull(value, "timeBase");
      return this;
    }

    /**
     * Sets the position among the streams of the encoder that made the packets. Default: 0.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public Builder index(int value) {
      index = Checks.inRange("index", value, 0, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the size of video frames.
     *
     * @param newWidth in pixels, 1 to 65535
     * @param newHeight in pixels, 1 to 65535
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder size(int newWidth, int newHeight) {
      width = Checks.inRange("width", newWidth, 1, 65_535);
      height = Checks.inRange("height", newHeight, 1, 65_535);
      return this;
    }

    /**
     * Sets the frame rate, if it is constant. Default: none.
     *
     * @param value the rate
     * @return this
     */
    public Builder frameRate(FrameRate value) {
      frameRate = Objects.requireNonNull(value, "frameRate");
      return this;
    }

    /**
     * Sets the colors. Default: not stated.
     *
     * @param value the colors
     * @return this
     */
    public Builder color(ColorSpec value) {
      color = Objects.requireNonNull(value, "color");
      return this;
    }

    /**
     * Sets the shape of pixels. Default: not stated.
     *
     * @param value the width of a pixel over its height
     * @return this
     */
    public Builder sampleAspectRatio(SampleAspectRatio value) {
      sampleAspectRatio = Objects.requireNonNull(value, "sampleAspectRatio");
      return this;
    }

    /**
     * Sets whether frames are interlaced, and which of their fields comes first. Default: not
     * stated.
     *
     * @param value the order
     * @return this
     */
    public Builder fieldOrder(FieldOrder value) {
      fieldOrder = Objects.requireNonNull(value, "fieldOrder");
      return this;
    }

    /**
     * Sets the pixel or sample format, which some containers store (VP9 in MP4). Default: not
     * stated.
     *
     * @param name by FFmpeg's name ({@code yuv420p}, {@code fltp})
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder format(String name) {
      format = Checks.name("format", name);
      return this;
    }

    /**
     * Sets the sample rate and the number of channels of audio.
     *
     * @param rate samples per second, 1 to {@value AudioOptions#MAX_SAMPLE_RATE}
     * @param count number of channels, 1 to {@value AudioOptions#MAX_CHANNELS}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder audio(int rate, int count) {
      sampleRate = Checks.inRange("sampleRate", rate, 1, AudioOptions.MAX_SAMPLE_RATE);
      channels = Checks.inRange("channels", count, 1, AudioOptions.MAX_CHANNELS);
      return this;
    }

    /**
     * Sets the order of the channels. Default: the usual one for their number.
     *
     * @param name by FFmpeg's name ({@code 5.1(side)})
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder channelLayout(String name) {
      channelLayout = Checks.name("channelLayout", name);
      return this;
    }

    /**
     * Sets the samples of each packet. Default: 0, not stated.
     *
     * @param samples 0 to 2^24
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder frameSize(int samples) {
      frameSize = Checks.inRange("frameSize", samples, 0, 1 << 24);
      return this;
    }

    /**
     * Sets the priming: samples at the start that players skip. Default: 0.
     *
     * @param samples 0 to 2^24
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder initialPadding(int samples) {
      initialPadding = Checks.inRange("initialPadding", samples, 0, 1 << 24);
      return this;
    }

    /**
     * Sets the profile, as the codec's standard numbers it. Default: not stated.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public Builder profile(int value) {
      profile = Checks.inRange("profile", value, 0, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the level, as FFmpeg numbers it. Default: not stated.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public Builder level(int value) {
      level = Checks.inRange("level", value, 0, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the average bit rate. Default: 0, not stated.
     *
     * @param value bits per second
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder bitRate(long value) {
      bitRate = Checks.inRange("bitRate", value, 0, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the codec's global header: parameter sets in Annex B or an {@code avcC} or {@code hvcC}
     * record, AudioSpecificConfig, {@code OpusHead}, STREAMINFO. Default: none.
     *
     * @param value the bytes, which are copied
     * @return this
     * @throws IllegalArgumentException if it is larger than 256 MiB
     */
    public Builder extradata(ByteBuffer value) {
      extradata = copy("extradata", value);
      return this;
    }

    /**
     * Sets what of the extradata decoding depends on. Informative. Default: none.
     *
     * @param value the units in their order, which are copied
     * @return this
     * @throws IllegalArgumentException if one is larger than 256 MiB
     */
    public Builder parameterSets(List<ByteBuffer> value) {
      parameterSets = value.stream().map(set -> copy("parameterSets", set)).toList();
      return this;
    }

    /**
     * Sets the first packet, in which a missing global header is looked for when the encoder is
     * opened: parameter sets of H.264 and HEVC, the ADTS header of AAC, the sequence header of AV1.
     *
     * @param value the payload, which is copied
     * @return this
     * @throws IllegalArgumentException if it is larger than 256 MiB
     */
    public Builder firstPacket(ByteBuffer value) {
      firstPacket = copy("firstPacket", value);
      return this;
    }

    /**
     * Sets the codec string of RFC 6381. Informative: containers do not store it.
     *
     * @param value for example {@code avc1.64001f}
     * @return this
     * @throws IllegalArgumentException if blank
     */
    public Builder codecString(String value) {
      codecString = Checks.name("codecString", value);
      return this;
    }

    /**
     * Adds side data of the whole stream, or replaces what it has of this type.
     *
     * @param type what it holds
     * @param data the bytes, which are copied
     * @return this
     * @throws IllegalArgumentException if it is larger than 256 MiB
     */
    public Builder sideData(SideDataType type, ByteBuffer data) {
      sideData.put(Objects.requireNonNull(type, "type"), copy("sideData", data));
      setsMatrix |= type == SideDataType.DISPLAYMATRIX;
      return this;
    }

    /**
     * Sets the clockwise rotation that players apply to video, in the side data {@link
     * SideDataType#DISPLAYMATRIX}; mirroring that this states remains. Contradicts a call of {@link
     * #sideData} for that type. Default: what the description that the builder was made of states,
     * else 0. MP4, MOV and Matroska store it; in other containers frames are shown as they are, and
     * {@link EncodingResult#notes} says so.
     *
     * @param degrees 0, 90, 180 or 270
     * @return this
     * @throws IllegalArgumentException for any other value
     */
    public Builder rotation(int degrees) {
      rotation = Checks.rotation(degrees);
      return this;
    }

    /**
     * Sets the language of the stream. Default: none.
     *
     * @param code a three-letter ISO 639-2 code
     * @return this
     * @throws IllegalArgumentException if the code is not three letters
     */
    public Builder language(String code) {
      language = Checks.language(code);
      return this;
    }

    /**
     * Sets the title of the stream. Default: none.
     *
     * @param text any text without NUL
     * @return this
     * @throws IllegalArgumentException if the text contains NUL or is too long
     */
    public Builder title(String text) {
      title = Checks.text("title", text);
      return this;
    }

    /**
     * Adds a disposition of the stream.
     *
     * @param value the disposition
     * @return this
     */
    public Builder disposition(Disposition value) {
      dispositions.add(Objects.requireNonNull(value, "disposition"));
      return this;
    }

    /**
     * Removes all dispositions.
     *
     * @return this
     */
    public Builder clearDispositions() {
      dispositions.clear();
      return this;
    }

    private static byte[] copy(String what, ByteBuffer value) {
      Checks.inRange("size of " + what, value.remaining(), 0, MAX_BYTES);
      byte[] bytes = new byte[value.remaining()];
      value.duplicate().get(bytes);
      return bytes;
    }

    /**
     * Builds the description.
     *
     * @return the description
     * @throws IllegalArgumentException if video has no size, audio no sample rate, anything but
     *     video a rotation, or rotation and display matrix are both set
     */
    public PacketStreamInfo build() {
      if (kind == StreamKind.VIDEO && width == 0) {
        throw new IllegalArgumentException(codec + " video has no size: call size()");
      }
      if (kind == StreamKind.AUDIO && sampleRate == 0) {
        throw new IllegalArgumentException(codec + " audio has no sample rate: call audio()");
      }
      Builder built = new Builder(this);
      if (rotation != null) {
        checkRotation(rotation);
        Orientation before = Orientation.of(sideData.get(SideDataType.DISPLAYMATRIX));
        byte[] matrix = new Orientation(rotation, before.flipped()).matrixBytes();
        built.sideData.put(SideDataType.DISPLAYMATRIX, matrix);
      }
      return new PacketStreamInfo(built);
    }

    private void checkRotation(int degrees) {
      if (kind != StreamKind.VIDEO) {
        throw new IllegalArgumentException(
            "rotation "
                + degrees
                + ": the stream is one of "
                + kind
                + "; set it of video, which kind() tells");
      }
      if (setsMatrix) {
        throw new IllegalArgumentException(
            "rotation and the side data DISPLAYMATRIX both set how players turn frames: set only"
                + " one of them");
      }
    }
  }
}
