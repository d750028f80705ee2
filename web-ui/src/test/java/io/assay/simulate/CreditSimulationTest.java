package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.simulate.CreditEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class CreditSimulationTest {
  private static final long ANCHOR = 1_770_000_000_000L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CreditSimulation simulation =
      new CreditSimulation(new CreditSettings(3, ANCHOR, 5));

  @Test
  void eventsComeInOrderAndDoNotDependOnWhereOneBegins() {
    List<CreditEvent> all = between(ANCHOR - 6 * HOUR, ANCHOR);
    assertThat(all)
        .hasSizeGreaterThan(2000)
        .isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    long later = ANCHOR - HOUR;
    assertThat(between(later, ANCHOR))
        .isEqualTo(all.stream().filter(event -> event.at() >= later).toList());
  }

  @Test
  void theNewVersionAnswersBesideTheOldOneAndThenAlone() {
    assertThat(versions(ANCHOR - 26 * HOUR)).containsOnlyKeys("4");
    assertThat(versions(ANCHOR - 22 * HOUR)).containsOnlyKeys("4", "5");
    assertThat(versions(ANCHOR - 19 * HOUR)).containsOnlyKeys("5");
  }

  @Test
  void incomesFallInTheEastAlone() {
    assertThat(income("east", ANCHOR - 6 * HOUR) / income("east", ANCHOR - 18 * HOUR))
        .isCloseTo(0.68, within(0.12));
    assertThat(income("north", ANCHOR - 6 * HOUR) / income("north", ANCHOR - 18 * HOUR))
        .isCloseTo(1, within(0.12));
  }

  /** The truth knows incomes that were not told: gaps depend on what they hide. */
  @Test
  void eachAnswerHasItsTruthInTime() {
    Map<String, Long> answered = new HashMap<>();
    Map<String, Long> known = new HashMap<>();
    for (CreditEvent event : between(ANCHOR - 30 * HOUR, ANCHOR - 20 * HOUR)) {
      String id = read(event).get("application").asString();
      if (event.kind() == Kind.DECISION) {
        answered.putIfAbsent(id, event.at());
      } else if (event.kind() == Kind.OUTCOME) {
        known.put(id, event.at());
      }
    }
    long within = CreditSettings.TRUTH_WITHIN.toMillis();
    answered.forEach(
        (id, at) -> {
          if (at < ANCHOR - 20 * HOUR - within) {
            assertThat(Objects.requireNonNull(known.get(id)) - at).isBetween(1L, within);
          }
        });
  }

  private List<CreditEvent> between(long from, long until) {
    List<CreditEvent> all = new ArrayList<>();
    for (Iterator<CreditEvent> events = simulation.from(from); ; ) {
      CreditEvent event = events.next();
      if (event.at() >= until) {
        return all;
      }
      all.add(event);
    }
  }

  private Map<String, Integer> versions(long from) {
    Map<String, Integer> versions = new HashMap<>();
    of(Kind.DECISION, from, event -> true)
        .forEach(event -> versions.merge(event.get("release").asString(), 1, Integer::sum));
    return versions;
  }

  private double income(String region, long from) {
    return of(
            Kind.FEATURES,
            from,
            event ->
                event.get("features").get("region").asString().equals(region)
                    && event.get("features").has("income"))
        .stream()
        .mapToDouble(event -> event.get("features").get("income").asDouble())
        .average()
        .orElseThrow();
  }

  private List<JsonNode> of(Kind kind, long from, Predicate<JsonNode> which) {
    return between(from, from + 2 * HOUR).stream()
        .filter(event -> event.kind() == kind)
        .map(CreditSimulationTest::read)
        .filter(which)
        .toList();
  }

  private static JsonNode read(CreditEvent event) {
    return JSON.readTree(event.json());
  }
}
