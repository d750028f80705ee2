package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static List<String> lines(String text) {
    var file = new JsonLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<String> lines = new ArrayList<>();
    for (byte[] line = file.next(); line != null; line = file.next()) {
      lines.add(new String(line, StandardCharsets.UTF_8));
      assertThat(file.number()).isEqualTo(lines.size());
    }
    return lines;
  }

  @Test
  void splitsAtLineFeedsAndTakesCarriageReturnsAndTheMarkAway() {
    assertThat(lines("\ufeffa\r\n\nb\n\rc")).containsExactly("a", "", "b", "\rc");
    assertThat(lines("a\n")).containsExactly("a");
    assertThat(lines("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 200_000})
  void linesMayCrossTheBuffer(int length) {
    String line = "x".repeat(length);

    assertThat(lines(line + "\ny\n" + line)).containsExactly(line, "y", line);
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() {
    byte[] bytes = new byte[JsonLines.LONGEST_LINE + 100];
    Arrays.fill(bytes, (byte) 'a');
    bytes[bytes.length - 2] = '\n';
    var file = new JsonLines(new ByteArrayInputStream(bytes));

    assertThat(file.next()).hasSizeLessThanOrEqualTo(JsonLines.LONGEST_LINE);
    assertThat(file.tooLong()).isTrue();
    assertThat(file.next()).isEqualTo(new byte[] {'a'});
    assertThat(file.tooLong()).isFalse();
    assertThat(file.next()).isNull();
  }
}
