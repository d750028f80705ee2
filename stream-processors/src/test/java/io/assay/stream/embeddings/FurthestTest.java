package io.assay.stream.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stability.NearestItems.Near;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FurthestTest {
  private static Displaced item(int i) {
    return new Displaced(
        "w%03d".formatted(i),
        i / 1000.0,
        Vector.of(new double[] {i, 1}),
        Vector.of(new double[] {1, i, 2}));
  }

  @Test
  void whatIsToldIsReadWithItsVectors() {
    var furthest = new Furthest();
    IntStream.range(0, 300).mapToObj(FurthestTest::item).forEach(furthest::offer);
    furthest.offer(item(7).by(Double.NaN));
    var read = new Furthest();
    read.offer(furthest.bytes());
    assertThat(read.all()).hasSize(Furthest.MOST);
    Displaced first = read.all().getFirst();
    assertThat(first.item()).isEqualTo("w299");
    assertThat(first.inBase().values()).containsExactly(299, 1);
    assertThat(first.inRelease().values()).containsExactly(1, 299, 2);
    Sought sought = Sought.read(new Sought(50, read.all()).bytes());
    assertThat(sought.k()).as("bounded").isEqualTo(10);
    assertThat(sought.items()).extracting(Displaced::item).startsWith("w299", "w298").hasSize(200);
  }

  /** Told by a service of before, and read after it was replaced in the middle of the step. */
  @Test
  void whatWasToldBeforeThereWereVectorsIsReadAndNothingIsSought() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeUTF("dog");
      out.writeDouble(0.5);
    }
    var furthest = new Furthest();
    furthest.offer(bytes.toByteArray());
    furthest.offer(new byte[0]);
    assertThat(furthest.all()).singleElement().extracting(Displaced::item).isEqualTo("dog");
    assertThat(new Sought(5, furthest.all()).items()).isEmpty();
  }

  @Test
  void longNamesAreLeftOutBeforeARecordIsTooLarge() {
    String name = "n".repeat(1000);
    List<NearTold.Around> all =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    new NearTold.Around(
                        name + i, 1.0 / (i + 1), List.of(new Near(name, 0.5)), List.of()))
            .toList();
    Neighbourhoods bounded = NearTold.read(new NearTold(5, all).bytes()).bounded();
    assertThat(bounded.items()).hasSizeBetween(50, 62);
    assertThat(bounded.items().getFirst().item()).isEqualTo(name + 0);
    assertThat(new NearTold(5, all.subList(0, 3)).bounded().items()).hasSize(3);
  }
}
