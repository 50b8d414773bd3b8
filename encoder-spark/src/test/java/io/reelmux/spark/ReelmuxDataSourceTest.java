package io.reelmux.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import javax.imageio.ImageIO;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReelmuxDataSourceTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("camera", DataTypes.StringType)
          .add("number", DataTypes.IntegerType)
          .add("png", DataTypes.BinaryType);

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void start() {
    Cluster.spark();
  }

  private static BufferedImage image(String camera, int number) {
    BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.setColor(new Color(camera.hashCode() * 0x10305));
    g.fillRect(2 * number, number, 8, 8);
    g.dispose();
    return image;
  }

  private static Row row(String camera, int number) {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image(camera, number), "png", png);
      return RowFactory.create(camera, number, png.toByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Twelve frames of each of five cameras, in no order. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String camera : List.of("north", "south", "east", "west", "yard/door")) {
      for (int n = 0; n < 12; n++) {
        rows.add(row(camera, 100 + n));
      }
    }
    Collections.shuffle(rows, new Random(1));
    return rows;
  }

  private static DataFrameWriter<Row> writer(List<Row> rows) {
    return SparkSession.builder()
        .getOrCreate()
        .createDataFrame(rows, SCHEMA)
        .repartition(4)
        .write()
        .format("reelmux")
        .option("clip", "camera")
        .option("order", "number")
        .option("image", "png")
        .option("frameRate", "30000/1001")
        .option("crf", "20")
        .mode("append");
  }

  private String target() {
    return folder.resolve("clips").toString();
  }

  @Test
  void save_rowsInNoOrder_areTheClipsOfASingleMachine() throws Exception {
    writer(rows()).save(target());

    SortedMap<String, String> found = Tree.of(folder.resolve("clips"));
    assertThat(found.remove("_SUCCESS")).isNotNull();
    assertThat(found.remove("manifest.jsonl")).isNotNull();
    assertThat(found.keySet())
        .containsExactly("east.mp4", "north.mp4", "south.mp4", "west.mp4", "yard/door.mp4");
    for (String name : found.keySet()) {
      assertThat(found).containsEntry(name, expected(name.replace(".mp4", "")));
    }
  }

  private String expected(String camera) throws Exception {
    Path file = folder.resolve("expected.mp4");
    VideoOptions options = VideoOptions.builder(32, 24, 29.97).crf(20).threads(1).build();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options);
      encoder.openFile(file);
      for (int n = 0; n < 12; n++) {
        video.addFrame(VideoFrame.of(image(camera, 100 + n)));
      }
    }
    return NumberedClip.sha256(file);
  }

  @Test
  void save_frameThatIsThereTwice_failsTheJob() throws Exception {
    List<Row> rows = rows();
    rows.add(row("south", 105));

    assertThatThrownBy(() -> writer(rows).save(target()))
        .hasStackTraceContaining("clip 'south.mp4': after frame 105 comes frame 105");
    assertThat(Tree.of(folder.resolve("clips"))).isEmpty();
  }

  @Test
  void save_frameThatIsMissing_failsTheJob() throws Exception {
    List<Row> rows = rows();
    rows.removeIf(row -> row.getString(0).equals("west") && row.getInt(1) == 107);

    assertThatThrownBy(() -> writer(rows).save(target()))
        .hasStackTraceContaining(
            "clip 'west.mp4': after frame 106 comes frame 108: some are missing");
    assertThat(Tree.of(folder.resolve("clips"))).isEmpty();
  }

  @Test
  void save_nameThatLeavesTheDirectory_failsTheJob() throws Exception {
    List<Row> rows = rows();
    rows.add(row("../escaped", 1));

    assertThatThrownBy(() -> writer(rows).save(target()))
        .hasStackTraceContaining("name '../escaped.mp4' must be relative");
    assertThat(Tree.of(folder.resolve("clips"))).isEmpty();
    assertThat(folder.resolve("escaped.mp4")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "clip, camara, 'there is no such column, only camera, number, png'",
    "order, png, 'must be of type int, not binary'",
    "frameRate, fast, frameRate 'fast': must be a number",
    "crf, low, crf 'low': must be a number",
    "codek, libx264, has no option 'codek'",
    "partitions, -1, must be positive"
  })
  void save_optionThatIsNotPossible_isRefused(String option, String value, String reason)
      throws Exception {
    assertThatThrownBy(() -> writer(rows()).option(option, value).save(target()))
        .hasStackTraceContaining(reason);
    assertThat(folder.resolve("clips")).doesNotExist();
  }

  @Test
  void load_isRefused() {
    assertThatThrownBy(
            () -> SparkSession.builder().getOrCreate().read().format("reelmux").load(target()))
        .hasStackTraceContaining("the format reelmux writes only");
  }
}
