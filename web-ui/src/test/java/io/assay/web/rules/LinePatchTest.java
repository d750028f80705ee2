package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinePatchTest {
  @Test
  void aChangedLineStandsBetweenItsNeighbours() {
    assertThat(LinePatch.of("street.assay", "a\nb\nc\n", "a\nB\nc\n"))
        .isEqualTo(
            """
            --- a/street.assay
            +++ b/street.assay
            @@ -1,3 +1,3 @@
             a
            -b
            +B
             c
            """);
  }

  @Test
  void aNewFileComesFromNothing() {
    assertThat(LinePatch.of("new.assay", "", "language 1\n"))
        .isEqualTo(
            """
            --- /dev/null
            +++ b/new.assay
            @@ -0,0 +1,1 @@
            +language 1
            """);
  }

  @Test
  void nothingIsSaidWhereNothingDiffers() {
    assertThat(LinePatch.of("street.assay", "a\n", "a\n")).isEmpty();
  }
}
