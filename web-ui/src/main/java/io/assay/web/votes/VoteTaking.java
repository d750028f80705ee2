package io.assay.web.votes;

import static io.assay.web.votes.VotedEvents.time;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.weaklabel.VoteCounts;
import io.assay.assertion.weaklabel.VoteEstimates;
import io.assay.assertion.weaklabel.VoteEstimates.Estimate;
import io.assay.web.rounds.RandomShare;
import io.assay.web.rules.ActiveRules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Draws events, and counts what is said of those that were drawn before: by then what flags them
 * late has come, too.
 */
@Component
class VoteTaking {
  private final JdbcClient jdbc;
  private final ActiveRules rules;
  private final RandomShare events;
  private final VotedEvents voted;
  private final VoteReading reading;
  private final VoteResults results;
  private final VoteSettings settings;
  private final Clock clock;

  VoteTaking(
      JdbcClient jdbc,
      ActiveRules rules,
      RandomShare events,
      VotedEvents voted,
      VoteReading reading,
      VoteResults results,
      VoteSettings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.rules = rules;
    this.events = events;
    this.voted = voted;
    this.reading = reading;
    this.results = results;
    this.settings = settings;
    this.clock = clock;
  }

  /** A stream and its assertions, shadows among them: they judge, too. */
  private record Voted(StreamType type, List<String> assertions) {}

  /** Does it where it is due; of several instances the first that looks. */
  void tick(String project) {
    Instant now = clock.instant();
    if (isOurs(project, now)) {
      rules.of(project).ifPresent(active -> take(project, active, now));
    }
  }

  /** Nobody holds a lock meanwhile: who dies is followed by another when it is due again. */
  private boolean isOurs(String project, Instant now) {
    return jdbc.sql(
                "INSERT INTO vote_turn AS turn (project, next) VALUES (?, ?) ON CONFLICT (project)"
                    + " DO UPDATE SET next = excluded.next WHERE turn.next <= ?")
            .params(project, time(now.plus(settings.every())), time(now))
            .update()
        == 1;
  }

  private void take(String project, CheckedRules active, Instant now) {
    Map<String, Voted> streams = streams(active);
    results.keepOnly(
        project,
        List.copyOf(streams.keySet()),
        streams.values().stream().flatMap(one -> one.assertions().stream()).toList());
    streams.forEach(
        (stream, one) -> {
          VoteCounts votes =
              reading.of(project, stream, one.assertions(), voted.of(project, stream));
          List<Estimate> estimates = VoteEstimates.of(votes, VoteReading.ERROR);
          results.write(
              project,
              stream,
              votes,
              estimates.stream().filter(two -> one.assertions().contains(two.voter())).toList(),
              now);
          voted.take(project, stream, drawn(one.type(), now), now, settings.keep());
        });
    results.writeJudged(project);
  }

  private static Map<String, Voted> streams(CheckedRules active) {
    Map<String, Voted> streams = new TreeMap<>();
    for (CheckedAssertion assertion : active.assertions()) {
      streams
          .computeIfAbsent(
              assertion.on().name(), name -> new Voted(assertion.on(), new ArrayList<>()))
          .assertions()
          .add(assertion.name());
    }
    return streams;
  }

  private List<RandomShare.Drawn> drawn(StreamType stream, Instant now) {
    return settings.draw() == 0
        ? List.of()
        : events.draw(stream, settings.draw(), now.minus(settings.history()), now.toEpochMilli());
  }
}
