package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.selection.Pick;
import io.assay.web.sink.PostgresText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts what a round has chosen into the queue, in the order in which it was chosen. */
record ItemWriting(JdbcClient jdbc, String project, long round, int needed) {
  /**
   * All at once: of a thousand, one by one, a person would wait for seconds. PostgreSQL refuses to
   * look into JSON with U+0000 anywhere in it, which a violation's evidence may hold. The episodes
   * are held, so that what they show stays: a sink in a storm waits, and sees the items.
   */
  void write(List<Pick> picks) {
    jdbc.sql(
            """
            INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
              model_version, at, severity, arm, reason, probability, around, rank, needed, correction)
            SELECT e.project, e.id, ?, e.assertion, e.stream, e.key, e.label, e.worst_day, e.worst_id, e.judgement_hash,
              e.model_version, e.opened, e.worst, p.arm, p.reason, p.probability, p.around, p.rank, ?,
              coalesce((SELECT string_agg(DISTINCT action, '+' ORDER BY action)
                FROM json_array_elements(replace(v.evidence::text, '\\u0000', '')::json -> 'corrections') c,
                  json_array_elements_text(c -> 'actions') action), '')
            FROM unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::int[], ?::float8[])
              AS p (id, arm, reason, probability, around, rank)
            JOIN (SELECT * FROM episode WHERE project = ? AND id = ANY (?::text[]) AND counted < violations
              ORDER BY id FOR SHARE) e ON e.id = p.id
            LEFT JOIN violation v ON v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id
            ON CONFLICT (project, id) DO NOTHING\
            """)
        .params(
            round,
            needed,
            picks.stream().map(pick -> pick.candidate().id()).toArray(String[]::new),
            picks.stream().map(ItemWriting::arm).toArray(String[]::new),
            picks.stream().map(Pick::why).toArray(String[]::new),
            picks.stream().map(Pick::probability).toArray(Double[]::new),
            picks.stream().map(Pick::context).toArray(Integer[]::new),
            IntStream.range(0, picks.size())
                .mapToObj(i -> 1 - (double) i / picks.size())
                .toArray(Double[]::new),
            project,
            picks.stream().map(pick -> pick.candidate().id()).toArray(String[]::new))
        .update();
  }

  private static String arm(Pick pick) {
    return pick.arm().name().toLowerCase(Locale.ROOT).replace('_', '-');
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
            PostgresText.clean(drawn.key()),
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
}
