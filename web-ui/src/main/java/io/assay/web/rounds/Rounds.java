package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Firing;
import io.assay.assertion.selection.Pick;
import io.assay.assertion.selection.Round;
import io.assay.assertion.selection.Selection;
import io.assay.assertion.selection.Selector;
import io.assay.assertion.selection.Terms;
import io.assay.web.access.Audit;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens rounds, closes them, and notes which model has learned from them. */
@Component
class Rounds {
  /** Who acts where no person does. */
  static final String ITSELF = "assay";

  /** Gains are of what was judged since the last round, or of so long where there was none. */
  private static final Duration FIRST_LOOK = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final RoundStore store;
  private final Candidates candidates;
  private final RandomShare randomShare;
  private final ActiveRules rules;
  private final RoundSettings settings;
  private final Audit audit;
  private final Clock clock;

  Rounds(
      JdbcClient jdbc,
      RoundStore store,
      Candidates candidates,
      RandomShare randomShare,
      ActiveRules rules,
      RoundSettings settings,
      Audit audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.candidates = candidates;
    this.randomShare = randomShare;
    this.rules = rules;
    this.settings = settings;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Does what is due in a project: closes a round that is full or has lasted long enough, notes a
   * new version of the model, opens the next. One instance at a time; another goes on elsewhere.
   */
  @Transactional
  public void tick(String project) {
    if (!lock(project)) {
      return;
    }
    Instant now = clock.instant();
    endKnown(project, now);
    Optional<LabelRound> newest = store.newest(project);
    if (newest.isPresent() && newest.get().closed().isEmpty()) {
      closeIfDue(project, newest.get(), now);
    } else if (newest.isPresent() && !newest.get().isOver()) {
      noteTraining(project, newest.get());
    } else {
      newest.ifPresent(round -> noteSeen(project, round));
      openIfDue(project, newest, now);
    }
  }

  /**
   * Opens a round at once.
   *
   * @throws Refused where one is open, or there is nothing to propose
   */
  @Transactional
  public LabelRound open(String project, String by, int budget) {
    requireLock(project);
    Optional<LabelRound> newest = store.newest(project);
    if (newest.isPresent() && newest.get().closed().isEmpty()) {
      throw new Refused(
          HttpStatus.CONFLICT, "round %d is open still".formatted(newest.get().number()));
    }
    Sampled sampled = sampled(project);
    if (sampled.isEmpty()) {
      throw new Refused(
          HttpStatus.CONFLICT,
          "no active assertion has a sample clause: rules say what is proposed");
    }
    return choose(project, newest, sampled, by, budget, clock.instant())
        .orElseThrow(
            () ->
                new Refused(
                    HttpStatus.CONFLICT,
                    "there is nothing to propose that was not proposed before"));
  }

  /** Closes a round; what was not looked at waits no more. */
  @Transactional
  public LabelRound close(String project, long number, String by, String why) {
    requireLock(project);
    LabelRound round = one(project, number);
    if (round.closed().isPresent()) {
      throw new Refused(HttpStatus.CONFLICT, "round %d is closed".formatted(number));
    }
    close(project, round, by, why, clock.instant());
    return one(project, number);
  }

  /** Says which version of the model has learned from a round. */
  @Transactional
  public LabelRound trained(String project, long number, String by, String version) {
    requireLock(project);
    LabelRound round = one(project, number);
    if (round.closed().isEmpty()) {
      throw new Refused(HttpStatus.CONFLICT, "round %d is open: close it first".formatted(number));
    }
    store.trained(project, number, version, clock.instant());
    audit.note(project, by, "round.trained", Long.toString(number), version);
    noteSeen(project, one(project, number));
    return one(project, number);
  }

  private LabelRound one(String project, long number) {
    return store
        .one(project, number)
        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "there is no round " + number));
  }

  private void closeIfDue(String project, LabelRound round, Instant now) {
    RoundStore.Progress progress = store.progress(project, round.number());
    if (progress.done() == progress.items()) {
      close(project, round, ITSELF, "all %d are done".formatted(progress.items()), now);
    } else if (now.isAfter(round.opened().plus(settings.openFor()))) {
      close(project, round, ITSELF, "it was open for " + settings.openFor(), now);
    }
  }

  /** What nobody looked at may be proposed again; what somebody did keeps its place. */
  private void close(String project, LabelRound round, String by, String why, Instant now) {
    store.close(project, round.number(), now, by, why);
    jdbc.sql(
            "DELETE FROM label_item i WHERE i.project = ? AND i.round = ? AND i.status = 'OPEN'"
                + " AND i.gold IS NULL AND NOT EXISTS (SELECT FROM label_verdict v"
                + " WHERE v.project = i.project AND v.item = i.id)")
        .params(project, round.number())
        .update();
    audit.note(project, by, "round.closed", Long.toString(round.number()), why);
  }

  private void noteTraining(String project, LabelRound round) {
    store
        .newVersion(project, round.closed().orElseThrow())
        .ifPresent(
            version -> {
              store.seen(project, round.number(), version.name(), version.at());
              audit.note(
                  project,
                  ITSELF,
                  "round.trained",
                  Long.toString(round.number()),
                  version.name() + ", seen in events");
            });
  }

  private void noteSeen(String project, LabelRound round) {
    if (round.trained().isPresent() && round.seenAt().isEmpty()) {
      String version = round.trained().get();
      store
          .firstSeen(project, version, round.opened())
          .ifPresent(at -> store.seen(project, round.number(), version, at));
    }
  }

  private void openIfDue(String project, Optional<LabelRound> newest, Instant now) {
    Sampled sampled = sampled(project);
    if (!settings.automatic() || sampled.isEmpty()) {
      return;
    }
    Instant since = now.minus(settings.history());
    Candidates.Crowd crowd = candidates.count(project, names(sampled), since, settings.roundSize());
    boolean isFull = crowd.count() >= settings.roundSize();
    boolean isOld =
        crowd.oldest().filter(at -> now.isAfter(at.plus(settings.fillWithin()))).isPresent();
    if (isFull || isOld) {
      choose(project, newest, sampled, ITSELF, settings.roundSize(), now);
    }
  }

  private Optional<LabelRound> choose(
      String project,
      Optional<LabelRound> newest,
      Sampled sampled,
      String by,
      int budget,
      Instant now) {
    Instant since = now.minus(settings.history());
    Set<String> names = names(sampled);
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
        + (selection.fellBack() ? ", nothing gained: random" : "");
  }

  private Sampled sampled(String project) {
    Optional<CheckedRules> active = rules.of(project);
    return active.map(Sampled::of).orElseGet(() -> new Sampled(Map.of(), List.of()));
  }

  private static Set<String> names(Sampled sampled) {
    return sampled.byStrategy().values().stream()
        .flatMap(terms -> terms.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Known until a version that has come is known no more. */
  private void endKnown(String project, Instant now) {
    jdbc.sql(
            "UPDATE label_known k SET ended = ? WHERE k.project = ? AND k.ended IS NULL AND EXISTS"
                + " (SELECT FROM episode e WHERE e.project = k.project AND e.assertion ="
                + " k.assertion AND e.model_version = k.version)")
        .params(time(now), project)
        .update();
  }

  private void requireLock(String project) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('round ' || ?, 0))")
        .param(project)
        .query(row -> {});
  }

  private boolean lock(String project) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('round ' || ?, 0))")
        .param(project)
        .query(Boolean.class)
        .single();
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
