package io.assay.web.rounds;

import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Firing;
import io.assay.assertion.selection.Pick;
import io.assay.assertion.selection.Round;
import io.assay.assertion.selection.Selection;
import io.assay.assertion.selection.Selector;
import io.assay.assertion.selection.Terms;
import io.assay.web.access.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Chooses what a round proposes: of each strategy that the rules name its part, and a random share.
 */
@Component
class RoundChoice {
  /** Gains are of what was judged since the last round, or of so long where there was none. */
  private static final Duration FIRST_LOOK = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final RoundStore store;
  private final Candidates candidates;
  private final RandomShare randomShare;
  private final RoundSettings settings;
  private final Audit audit;

  RoundChoice(
      JdbcClient jdbc,
      RoundStore store,
      Candidates candidates,
      RandomShare randomShare,
      RoundSettings settings,
      Audit audit) {
    this.jdbc = jdbc;
    this.store = store;
    this.candidates = candidates;
    this.randomShare = randomShare;
    this.settings = settings;
    this.audit = audit;
  }

  /** Whether there is enough for a round, or something has waited for long enough. */
  boolean isDue(String project, Sampled sampled, Instant now) {
    if (sampled.isEmpty()) {
      return false;
    }
    Instant since = now.minus(settings.history());
    Candidates.Crowd crowd =
        candidates.count(project, sampled.names(), since, settings.roundSize());
    return crowd.count() >= settings.roundSize()
        || crowd.oldest().filter(at -> now.isAfter(at.plus(settings.fillWithin()))).isPresent();
  }

  /**
   * Chooses a round, and opens it.
   *
   * @param newest the round before; none is open
   * @return nothing where there is nothing to propose that was not proposed before
   */
  Optional<LabelRound> open(
      String project,
      Optional<LabelRound> newest,
      Sampled sampled,
      String by,
      int budget,
      Instant now) {
    Instant since = now.minus(settings.history());
    Set<String> names = sampled.names();
    List<Candidate> waiting = candidates.waiting(project, names, since);
    List<Candidate> proposed = candidates.proposed(project, names, since);
    Instant from = newest.flatMap(LabelRound::learnedFrom).orElse(now.minus(FIRST_LOOK));
    Map<String, Firing> firing = store.firing(project, from, now);
    Map<String, Firing> before = newest.map(LabelRound::firing).orElse(Map.of());
    long number = newest.map(LabelRound::number).orElse(0L) + 1;
    long seed = seed(project, number);
    List<Pick> picks = new ArrayList<>();
    List<String> why = new ArrayList<>();
    List<RandomShare.Drawn> random = randomShare.draw(sampled.streams(), budget, since, seed);
    // Where no event can be drawn, a share of what is flagged is better than none.
    double share = random.isEmpty() ? Sampled.randomShare() : 0;
    int left = budget - random.size();
    int assertionsLeft = sampled.assertions();
    for (Map.Entry<Consequences.Strategy, Map<String, Terms>> each :
        sampled.byStrategy().entrySet()) {
      Map<String, Terms> terms = each.getValue();
      int part = (int) Math.round((double) left * terms.size() / assertionsLeft);
      Selection selection =
          Selector.select(
              Sampled.plan(each.getKey(), terms, share, seed),
              new Round(
                  Math.toIntExact(Math.min(number - 1, Integer.MAX_VALUE)),
                  part,
                  of(terms.keySet(), waiting),
                  of(terms.keySet(), proposed),
                  before,
                  firing));
      picks.addAll(selection.picks());
      why.add(told(each.getKey(), selection));
      left -= selection.picks().size();
      assertionsLeft -= terms.size();
    }
    if (picks.isEmpty()) {
      return Optional.empty();
    }
    if (!random.isEmpty()) {
      why.add("at random: " + random.size());
    }
    var chosen = new RoundStore.Chosen(budget, firing, String.join("; ", why));
    store.open(project, number, now, by, seed, chosen);
    var writing = new ItemWriting(jdbc, project, number, settings.reviewers());
    writing.write(picks);
    writing.writeEvents(random);
    audit.note(
        project,
        by,
        "round.opened",
        Long.toString(number),
        (picks.size() + random.size()) + " items; " + chosen.why());
    return store.one(project, number);
  }

  private static List<Candidate> of(Set<String> assertions, List<Candidate> candidates) {
    return candidates.stream().filter(one -> assertions.contains(one.assertion())).toList();
  }

  private static String told(Consequences.Strategy strategy, Selection selection) {
    String gains =
        selection.gains().entrySet().stream()
            .filter(gain -> gain.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(gain -> "%s %.0f %%".formatted(gain.getKey(), 100 * gain.getValue()))
            .collect(Collectors.joining(", "));
    return strategy.name().toLowerCase(Locale.ROOT)
        + ": "
        + selection.picks().size()
        + (gains.isEmpty() ? "" : ", gained " + gains)
        + (selection.fellBack() ? ", nothing gained" : "");
  }

  /** The same round of the same project draws the same. */
  private static long seed(String project, long number) {
    long seed = number;
    for (int i = 0; i < project.length(); i++) {
      seed = seed * 0x9E3779B97F4A7C15L + project.charAt(i);
    }
    return seed;
  }
}
