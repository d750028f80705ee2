package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.CsvParts.Limits;
import io.assay.web.system.CsvParts.Part;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvPartsTest {
  private static final Limits WIDE = new Limits(100, Duration.ofSeconds(1), () -> 0);

  @Test
  void partAfterPartIsWrittenUntilNoneFollows() throws IOException {
    assertThat(written(after -> numbers(after, 7, 3), WIDE))
        .isEqualTo("number\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n");
  }

  @Test
  void aPartWithoutRowsIsNotTheEnd() throws IOException {
    assertThat(
            written(
                after ->
                    after.isEmpty()
                        ? new Part<>(List.of(), Optional.of(5))
                        : new Part<>(List.of(List.of("6")), Optional.empty()),
                WIDE))
        .isEqualTo("number\r\n6\r\n");
  }

  @Test
  void oneThatIsTooLongSaysThatItIsCut() throws IOException {
    var few = new Limits(4, Duration.ofSeconds(1), () -> 0);
    assertThat(written(after -> numbers(after, 5, 3), few))
        .hasLineCount(6)
        .startsWith("number\r\n1\r\n")
        .endsWith("4\r\n# cut after 4 rows: there are more; filter for them\r\n");
    assertThat(written(after -> numbers(after, 4, 3), few)).doesNotContain("cut");
  }

  @Test
  void oneThatTakesTooLongSaysThatItIsCut() throws IOException {
    var clock = new AtomicLong();
    var slow = new Limits(100, Duration.ofSeconds(10), () -> clock.addAndGet(6_000_000_000L));
    assertThat(written(after -> numbers(after, 50, 3), slow))
        .endsWith("6\r\n# cut after 6 rows: it took longer than PT10S; filter for the rest\r\n");
  }

  @Test
  void oneThatCannotBeReadFurtherSaysThatItIsCut() throws IOException {
    assertThat(
            written(
                after -> {
                  if (after.isPresent()) {
                    throw new IllegalStateException("the database has gone");
                  }
                  return numbers(after, 50, 3);
                },
                WIDE))
        .endsWith("3\r\n# cut after 3 rows: what follows could not be read\r\n");
  }

  private static String written(CsvParts.Source<Integer> source, Limits limits) throws IOException {
    var out = new StringWriter();
    new CsvParts<>(source, limits).write(List.of("number"), source.after(Optional.empty()), out);
    return out.toString();
  }

  private static Part<Integer> numbers(Optional<Integer> after, int last, int most) {
    List<Integer> found =
        IntStream.rangeClosed(after.orElse(0) + 1, last).limit(most).boxed().toList();
    return Part.of(found, most, one -> List.of(Integer.toString(one)), one -> one);
  }
}
