package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.selection.Pick;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts what a round has chosen into the queue, in the order in which it was chosen. */
record ItemWriting(JdbcClient jdbc, String project, long round, int needed) {
  private static final JsonMapper JSON = JsonMapper.shared();

  void write(List<Pick> picks) {
    for (int i = 0; i < picks.size(); i++) {
      write(picks.get(i), 1 - (double) i / picks.size());
    }
  }

  /** Spread evenly among the others: nothing tells them apart. */
  void writeEvents(List<RandomShare.Drawn> drawn) {
    for (int i = 0; i < drawn.size(); i++) {
      write(drawn.get(i), 1 - (i + 0.5) / drawn.size());
    }
  }

  private void write(RandomShare.Drawn drawn, double rank) {
    jdbc.sql(
            """
            INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
              severity, arm, reason, probability, around, rank, needed, event)
            VALUES (?, ?, ?, '', ?, ?, '', ?, '', '', ?, 0, 'random-share', ?, ?, 0, ?, ?, ?::json)
            ON CONFLICT (project, id) DO NOTHING\
            """)
        .params(
            project,
            drawn.item(),
            round,
            drawn.stream(),
            drawn.key(),
            LocalDate.ofInstant(drawn.at(), ZoneOffset.UTC),
            time(drawn.at()),
            "one of %d events of %s drawn at random, flagged or not"
                .formatted(drawn.of(), drawn.stream()),
            drawn.probability(),
            rank,
            needed,
            drawn.json())
        .update();
  }

  private void write(Pick pick, double rank) {
    jdbc.sql(
            """
            INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
              model_version, at, severity, arm, reason, probability, around, correction, rank, needed)
            SELECT e.project, e.id, ?, e.assertion, e.stream, e.key, e.label, e.worst_day, e.worst_id, e.judgement_hash,
              e.model_version, ?, e.worst, ?, ?, ?, ?, ?, ?, ?
            FROM episode e WHERE e.project = ? AND e.id = ?
            ON CONFLICT (project, id) DO NOTHING\
            """)
        .params(
            round,
            time(pick.candidate().place().at()),
            pick.arm().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            pick.why(),
            pick.probability(),
            pick.context(),
            correction(pick.candidate().id()),
            rank,
            needed,
            project,
            pick.candidate().id())
        .update();
  }

  /** What the worst violation's correction does: the same for all of a kind. */
  private String correction(String episode) {
    return jdbc.sql(
            "SELECT (v.evidence -> 'corrections')::text FROM episode e JOIN violation v"
                + " ON v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id"
                + " WHERE e.project = ? AND e.id = ?")
        .params(project, episode)
        .query((row, number) -> kind(row.getString(1)))
        .optional()
        .orElse("");
  }

  private static String kind(String corrections) {
    var actions = new TreeSet<String>();
    for (JsonNode correction : JSON.readTree(corrections == null ? "[]" : corrections).values()) {
      correction.path("actions").values().forEach(action -> actions.add(action.asString("")));
    }
    return String.join("+", actions);
  }
}
