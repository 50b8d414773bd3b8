package io.reelmux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFilesTest {

  @Test
  void compare_numbers_byTheirValue() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "a.png",
                "f1.png",
                "f2.png",
                "f2b.png",
                "f010.png",
                "f10.png",
                "f99999999999999999999.png",
                "g.png"));
    List<String> sorted = List.copyOf(names);
    Collections.reverse(names);

    names.sort(ImageFiles::compare);

    assertThat(names).isEqualTo(sorted);
  }
}
