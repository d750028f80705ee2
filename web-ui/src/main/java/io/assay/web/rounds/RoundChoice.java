package io.assay.web.rounds;

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
  private final SampleOutbox outbox;
  private final RoundSettings settings;
  private final Audit audit;

  RoundChoice(
      JdbcClient jdbc,
      RoundStore store,
      Candidates candidates,
      SampleOutbox outbox,
      RoundSettings settings,
      Audit audit) {
    this.jdbc = jdbc;
    this.store = store;
    this.candidates = candidates;
    this.outbox = outbox;
    this.settings = settings;
    this.audit = audit;
  }

  /** Whether there is enough for a round, or something has waited for long enough. */
  boolean isDue(String project, Sampled sampled, Instant now) {
    if (sampled.isEmpty()) {
      return false;
    }
    Candidates.Crowd crowd =
        candidates.count(project, sampled.names(), since(now), settings.roundSize());
    return crowd.count() >= settings.roundSize()
        || crowd.oldest().filter(at -> now.isAfter(at.plus(settings.fillWithin()))).isPresent();
  }

  /**
   * A round that is not open yet.
   *
   * @param events how many of the budget are to be events that nothing has chosen
   * @param picks the others
   * @param why of each strategy what it came to
   */
  record Choice(
      long number,
      long seed,
      int budget,
      int events,
      Map<String, Firing> firing,
      List<Pick> picks,
      List<String> why) {
    Choice {
      firing = Map.copyOf(firing);
      picks = List.copyOf(picks);
      why = List.copyOf(why);
    }
  }

  /** Since when, by event time, what there is may be proposed. */
  Instant since(Instant now) {
    return now.minus(settings.history());
  }

  /**
   * Chooses what of the flagged a round proposes. In a transaction, as {@link Candidates} needs it.
   *
   * @param newest the round before; none is open
   * @param events how many of the budget are events that nothing has chosen; 0: there are none to
   *     draw, and a share of what is flagged, which is better than nothing, is drawn at random
   * @return no picks where there is nothing to propose that was not proposed before
   */
  Choice choose(
      String project,
      Optional<LabelRound> newest,
      Sampled sampled,
      int budget,
      int events,
      Instant now) {
    Set<String> names = sampled.names();
    List<Candidate> waiting = candidates.waiting(project, names, since(now), sampled.told());
    List<Candidate> proposed = candidates.proposed(project, names, since(now));
    Instant from = newest.flatMap(LabelRound::learnedFrom).orElse(now.minus(FIRST_LOOK));
    Map<String, Firing> firing = store.firing(project, from, now);
    Map<String, Firing> before = newest.map(LabelRound::firing).orElse(Map.of());
    long number = newest.map(LabelRound::number).orElse(0L) + 1;
    long seed = seed(project, number);
    List<Pick> picks = new ArrayList<>();
    List<String> why = new ArrayList<>();
    double share = events == 0 ? Sampled.randomShare() : 0;
    int left = budget - events;
    int assertionsLeft = sampled.assertions();
    for (Map.Entry<Sampled.Way, Map<String, Terms>> each : sampled.byWay().entrySet()) {
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
    return new Choice(number, seed, budget, events, firing, picks, why);
  }

  /** Opens a round of what was chosen and drawn; none is open. */
  LabelRound open(
      String project, Choice choice, List<RandomShare.Drawn> random, String by, Instant now) {
    List<String> why = new ArrayList<>(choice.why());
    if (!random.isEmpty()) {
      why.add("at random: " + random.size());
    }
    long number = choice.number();
    var chosen = new RoundStore.Chosen(choice.budget(), choice.firing(), String.join("; ", why));
    store.open(project, number, now, by, choice.seed(), chosen);
    var writing = new ItemWriting(jdbc, project, number, settings.reviewers());
    writing.write(choice.picks());
    writing.writeEvents(random);
    outbox.note(project, number);
    audit.note(
        project,
        by,
        "round.opened",
        Long.toString(number),
        (choice.picks().size() + random.size()) + " items; " + chosen.why());
    return store.one(project, number).orElseThrow();
  }

  private static List<Candidate> of(Set<String> assertions, List<Candidate> candidates) {
    return candidates.stream().filter(one -> assertions.contains(one.assertion())).toList();
  }

  private static String told(Sampled.Way way, Selection selection) {
    String gains =
        selection.gains().entrySet().stream()
            .filter(gain -> gain.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(gain -> "%s %.0f %%".formatted(gain.getKey(), 100 * gain.getValue()))
            .collect(Collectors.joining(", "));
    return way.named()
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
