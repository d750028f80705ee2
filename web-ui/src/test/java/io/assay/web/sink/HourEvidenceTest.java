package io.assay.web.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HourEvidenceTest {
  private static final EvidenceBounds BOUNDS = new EvidenceBounds(3, 2, 4);

  /** What the tables would have. */
  private HourEvidence.Known known = HourEvidence.Known.NOTHING;

  private final Set<UUID> stored = new HashSet<>();

  @Test
  void keepsTheFirstThenOpenersThenTheWorst() {
    var hour = new HourEvidence(BOUNDS, HourEvidence.Known.NOTHING);
    assertThat(IntStream.range(0, 3).mapToObj(i -> hour.offer(id(i), 1, false)))
        .containsOnly(HourEvidence.Why.FIRST);
    assertThat(IntStream.range(3, 5).mapToObj(i -> hour.offer(id(i), 1, true)))
        .containsOnly(HourEvidence.Why.OPENER);
    assertThat(IntStream.range(5, 9).mapToObj(i -> hour.offer(id(i), 1, true)))
        .containsOnly(HourEvidence.Why.WORST);
    assertThat(hour.offer(id(9), 1, true))
        .as("as bad as others")
        .isEqualTo(HourEvidence.Why.COUNTED);
    assertThat(hour.offer(id(10), 1.5, false)).isEqualTo(HourEvidence.Why.WORST);
    assertThat(hour.keeps(id(8))).as("the last of those that are least bad").isFalse();
    assertThat(hour.keeps(id(5))).isTrue();
    assertThat(hour.known(0).kept()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void inAnyOrderAndAnyBatchesTheWorstOfAllAreKept(long seed) {
    var random = new SplittableRandom(seed);
    List<Double> severities = new ArrayList<>();
    while (severities.size() < 500) {
      List<Double> batch = random.doubles(1 + random.nextInt(40)).boxed().toList();
      batch(batch, severities.size());
      severities.addAll(batch);
      assertThat(stored.size()).isLessThanOrEqualTo(9);
      assertThat(known.kept()).isEqualTo(stored.size());
    }
    assertThat(known.violations()).isEqualTo(severities.size());
    List<UUID> worst =
        IntStream.range(0, severities.size())
            .boxed()
            .sorted(Comparator.comparing(severities::get).reversed())
            .limit(4)
            .map(HourEvidenceTest::id)
            .toList();
    assertThat(stored).containsAll(worst).contains(id(0), id(1), id(2));
  }

  @Test
  void isBoundedWhereEachIsWorseThanTheOneBefore() {
    for (int i = 0; i < 100; i++) {
      int first = i * 100;
      batch(IntStream.range(first, first + 100).mapToObj(n -> (double) n).toList(), first);
    }
    assertThat(stored).hasSize(7).contains(id(9_999), id(9_998), id(9_997), id(9_996));
  }

  @Test
  void boundsHaveBounds() {
    assertThatThrownBy(() -> new EvidenceBounds(0, 0, 0))
        .hasMessage("assay.sink.evidence.first needs 1 to 10000000, got 0");
    assertThatThrownBy(() -> new EvidenceBounds(1, 0, 1001))
        .hasMessage("assay.sink.evidence.worst needs 0 to 1000, got 1001");
  }

  private void batch(List<Double> severities, int firstId) {
    var hour = new HourEvidence(BOUNDS, known);
    for (int i = 0; i < severities.size(); i++) {
      HourEvidence.Why unused = hour.offer(id(firstId + i), severities.get(i), false);
    }
    IntStream.range(firstId, firstId + severities.size())
        .mapToObj(HourEvidenceTest::id)
        .filter(hour::keeps)
        .forEach(stored::add);
    hour.displaced().forEach(stored::remove);
    known = hour.known(hour.displaced().size());
  }

  private static UUID id(int number) {
    return new UUID(0, number);
  }
}
