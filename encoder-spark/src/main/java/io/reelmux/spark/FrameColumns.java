package io.reelmux.spark;

import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of the format {@code reelmux}, checked.
 *
 * @param directory where the clips go
 * @param clip the name of the column with the clip's name
 * @param order the name of the column with the frame's number
 * @param clipIndex the position of that column
 * @param orderIndex the position of that column
 * @param longOrder whether the numbers are longs
 * @param imageIndex the position of the column with the frame
 * @param rate the frame rate
 * @param extension of the container
 * @param codec the encoder; null for the container's default
 * @param crf the quality; null for the default
 * @param preset the encoder's preset; null for the default
 * @param partitions how many tasks encode; 0 for the slots of the cluster
 */
record FrameColumns(
    String directory,
    String clip,
    String order,
    int clipIndex,
    int orderIndex,
    boolean longOrder,
    int imageIndex,
    String rate,
    String extension,
    @Nullable String codec,
    @Nullable Double crf,
    @Nullable String preset,
    int partitions)
    implements Serializable {
  private static final Set<String> KNOWN =
      new TreeSet<>(
          List.of(
              "path",
              "clip",
              "order",
              "image",
              "framerate",
              "extension",
              "codec",
              "crf",
              "preset",
              "partitions"));

  static FrameColumns of(StructType schema, CaseInsensitiveStringMap options) {
    for (String name : options.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "the format reelmux has no option '" + name + "'; it has " + KNOWN);
      }
    }
    String order = required(options, "order");
    String rate = required(options, "frameRate");
    rate(rate);
    return new FrameColumns(
        required(options, "path"),
        required(options, "clip"),
        order,
        column(schema, options, "clip", DataTypes.StringType),
        column(schema, options, "order", DataTypes.IntegerType, DataTypes.LongType),
        schema.apply(order).dataType().equals(DataTypes.LongType),
        column(schema, options, "image", DataTypes.BinaryType),
        rate,
        options.getOrDefault("extension", "mp4"),
        options.get("codec"),
        crf(options.get("crf")),
        options.get("preset"),
        partitions(options));
  }

  private static String required(CaseInsensitiveStringMap options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the format reelmux requires the option '" + name + "'");
    }
    return value;
  }

  private static int column(
      StructType schema, CaseInsensitiveStringMap options, String option, DataType... types) {
    String name = required(options, option);
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          option
              + " '"
              + name
              + "': there is no such column, only "
              + String.join(", ", schema.fieldNames()));
    }
    DataType type = schema.apply(name).dataType();
    if (!List.of(types).contains(type)) {
      throw new IllegalArgumentException(
          option
              + " '"
              + name
              + "': must be of type "
              + types[0].simpleString()
              + ", not "
              + type.simpleString());
    }
    return schema.fieldIndex(name);
  }

  private static int partitions(CaseInsensitiveStringMap options) {
    int partitions = options.getInt("partitions", 0);
    if (partitions < 0) {
      throw new IllegalArgumentException(
          "partitions " + partitions + ": must be positive, or 0 for the slots of the cluster");
    }
    return partitions;
  }

  private static FrameRate rate(String text) {
    String[] parts = text.split("/", 2);
    try {
      return parts.length == 1
          ? FrameRate.of(Double.parseDouble(text))
          : FrameRate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "frameRate '" + text + "': must be a number such as 25, 29.97 or 30000/1001", e);
    }
  }

  private static @Nullable Double crf(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("crf '" + text + "': must be a number", e);
    }
  }

  VideoOptions options(int width, int height, int threads) {
    VideoOptions.Builder options = VideoOptions.builder(width, height, rate(rate)).threads(threads);
    if (codec != null) {
      options.codec(codec);
    }
    if (crf != null) {
      options.crf(crf);
    }
    if (preset != null) {
      options.preset(preset);
    }
    return options.build();
  }
}
