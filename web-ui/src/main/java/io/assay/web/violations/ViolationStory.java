package io.assay.web.violations;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a violation was one, as the API tells it.
 *
 * @param spanSeconds from the first event of the violated span to the last
 * @param spanEvents how many events the span has
 * @param truncated whether some evidence was left out to keep the record small
 * @param values the condition's parts, outermost first
 * @param features single values of the deciding event, at most 80; none for those who see no raw
 *     fields
 * @param lanes who was seen when, at most 14; none where events have no boxes
 * @param known what labels say of the events, the newest 50; none for those who see no raw fields,
 *     and while people are still to judge the episode
 * @param corrections what should have been there, as the rule proposes it; likewise
 * @param beyond where there is more to see: release, truth, distributions or nowhere
 * @param episode that it belongs to; null where that is not known
 * @param found what people found of that: error, no-error or unclear; null while nothing is settled
 */
record ViolationStory(
    double spanSeconds,
    int spanEvents,
    boolean truncated,
    List<Part> values,
    List<Feature> features,
    Lanes lanes,
    List<Known> known,
    List<Correction> corrections,
    String beyond,
    @Nullable String episode,
    @Nullable String found) {

  /**
   * A part of a condition and what it was.
   *
   * @param threshold whether it is what the rule compares with
   * @param depth 0 for a whole condition, more for what lies within
   */
  record Part(String expression, String value, boolean threshold, int depth) {}

  /** A value; {@code confidence} in words where it was filled in, and something is known of it. */
  record Feature(String name, String value, boolean imputed, @Nullable String confidence) {}

  /** {@code times}: of the events, in order. */
  record Lanes(List<Instant> times, List<Lane> lanes) {}

  /**
   * One track of one sensor.
   *
   * @param subject whether the violation is of it
   * @param seen when it was reported
   * @param gaps from when to when it should have been there, and was not
   */
  record Lane(String name, boolean subject, List<Instant> seen, List<Gap> gaps) {}

  /** From the last sighting to the next. */
  record Gap(Instant from, Instant to) {}

  /** What somebody said of an event; {@code fields} are what it should have had. */
  record Known(
      String event,
      @Nullable String finding,
      JsonNode fields,
      String by,
      String source,
      Instant at) {}

  /** An event as it should have been. */
  record Correction(String event, List<String> actions, JsonNode fields) {}

  static ViolationStory of(
      ViolationReading.Read read, @Nullable String episode, @Nullable String found, boolean clear) {
    return new ViolationStory(
        read.span() / 1e9,
        read.spanEvents(),
        read.evidence().truncated(),
        read.tree().stream().map(ViolationStory::part).toList(),
        read.features().stream().map(ViolationStory::feature).toList(),
        lanes(read.lanes()),
        read.known().stream().map(ViolationStory::known).toList(),
        clear
            ? read.record().path("corrections").values().stream()
                .map(ViolationStory::correction)
                .toList()
            : List.of(),
        read.beyond().name().toLowerCase(Locale.ROOT),
        episode,
        found);
  }

  private static Part part(ValueTree.Node node) {
    return new Part(
        node.value().expression(), node.value().value(), node.value().threshold(), node.depth());
  }

  private static Feature feature(Features.Feature one) {
    return new Feature(
        one.name(),
        one.value(),
        one.isImputed(),
        one.confidence().isEmpty() ? null : one.confidence());
  }

  private static Known known(Truths.Said said) {
    return new Known(
        said.event(),
        said.finding().isEmpty() ? null : said.finding(),
        said.fields(),
        said.by(),
        said.source(),
        said.at().instant());
  }

  private static Correction correction(JsonNode one) {
    return new Correction(
        one.path("id").asString(""),
        one.path("actions").values().stream().map(action -> action.asString("")).toList(),
        one.path("fields"));
  }

  /** Drawn at places, each of which is an event's. */
  private static Lanes lanes(io.assay.web.violations.Lanes drawn) {
    Map<Double, Instant> times = new HashMap<>();
    drawn.ticks().forEach(tick -> times.put(tick.x(), tick.at().instant()));
    return new Lanes(
        drawn.ticks().stream().map(tick -> tick.at().instant()).toList(),
        drawn.lanes().stream()
            .map(
                lane ->
                    new Lane(
                        lane.name(),
                        lane.subject(),
                        lane.seen().stream().map(x -> time(times, x)).toList(),
                        lane.gaps().stream()
                            .map(gap -> new Gap(time(times, gap.from()), time(times, gap.to())))
                            .toList()))
            .toList());
  }

  private static Instant time(Map<Double, Instant> times, double x) {
    Instant time = times.get(x);
    if (time == null) {
      throw new IllegalStateException("no event stands at " + x);
    }
    return time;
  }
}
