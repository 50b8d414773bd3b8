package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Result files and what is made of them. */
class ResultFileTest {

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new").resolve("result.txt");
    ResultFile written =
        new ResultFile(
            Map.of("size", "16x16"),
            ResultFile.columns("ms"),
            List.of(ResultFile.row("A x1", 1, 0.25, "7")));

    written.write(file);

    assertThat(ResultFile.read(file)).isEqualTo(written);
  }

  @Test
  void jobSurvivesTheWayToAChildProgram() {
    Job job = Job.of("64x48", 10, Codec.LIBVPX_VP9, "8").withWarmUp(25);

    String[] arguments = job.toArguments().toArray(String[]::new);

    assertThat(Job.parse(arguments, 0)).isEqualTo(job);
    assertThat(job.warmUps()).isEqualTo(3);
  }

  @Test
  void encodeReportComparesWithTheFloorAndJavaCv() {
    ResultFile result =
        new ResultFile(
            Map.of("size", "1280x720", "frames", "100", "encoder", "libx264 ultrafast crf 23"),
            ResultFile.columns(EncodeChild.COLUMNS + "\tstart ms\tPSNR dB"),
            List.of(
                ResultFile.row("FLOOR", 1, 0, "800\t1.000\t90\t50\t96\t1000\t-\t40"),
                ResultFile.row("JAVACV_RGB24", 1, 0, "1400\t1.400\t90\t50\t900\t900\t-\t30"),
                ResultFile.row(
                    "REELMUX_RGB24_HEAP", 1, 0, "1000\t1.250\t90\t50\t300\t1000\t-\t40")));

    List<Table> tables = new EncodeReport(result).tables();

    assertThat(tables.get(0).rows().get(1))
        .startsWith("Reelmux, RGB24 in heap arrays", "1000", "1.25", "100")
        .endsWith("1.40", "0.89", "0.80", "1.25");
    assertThat(tables.get(1).rows())
        .contains(
            List.of("RGB24, heap: CPU time / the floor's", "<= 1.30", "<= 1.17", "1.25", "met"),
            List.of(
                "RGB24, heap: JavaCV's wall clock / Reelmux's",
                ">= 1.28",
                ">= 1.45",
                "1.40",
                "met"),
            List.of(
                "RGB24, heap: Java heap per frame, bytes", "<= 256.00", "", "300.00", "missed"));
  }
}
