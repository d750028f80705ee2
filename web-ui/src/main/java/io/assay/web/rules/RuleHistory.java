package io.assay.web.rules;

import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.Audit;
import io.assay.web.system.StoredRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What was published, by whom and when: every generation once, with a note of the change. */
@Component
class RuleHistory {
  private final JdbcClient jdbc;
  private final Audit audit;
  private final TransactionTemplate transactions;

  RuleHistory(JdbcClient jdbc, Audit audit, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** Again and again the same, as it is read; only the first time counts. */
  void record(List<RuleSet> sets) {
    for (RuleSet set : sets) {
      transactions.executeWithoutResult(
          status -> {
            if (insert(set) > 0) {
              RuleOrigin origin = set.origin();
              audit.note(
                  set.project(),
                  origin.actor(),
                  "rules.published",
                  Long.toString(set.generation()),
                  String.join(" ", origin.home().name(), origin.place(), origin.version()).strip());
            }
          });
    }
  }

  private int insert(RuleSet set) {
    RuleOrigin origin = set.origin();
    return jdbc.sql(
            """
            insert into rule_generation
              (project, generation, published, actor, home, place, version, document_hash,
               content_hash, content)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """)
        .params(
            set.project(),
            set.generation(),
            OffsetDateTime.ofInstant(origin.at(), ZoneOffset.UTC),
            origin.actor(),
            origin.home().name(),
            origin.place(),
            origin.version(),
            set.documentHash(),
            set.content().hash(),
            StoredRules.bytes(set.content()))
        .update();
  }

  /** The newest first. */
  List<GenerationRow> of(String project, int most) {
    return of(project, Optional.empty(), most);
  }

  /** The newest first, behind a place where one is given. */
  List<GenerationRow> of(String project, Optional<GenerationPlace> after, int most) {
    List<Object> values = new ArrayList<>(List.of(project));
    after.ifPresent(
        place -> {
          values.add(OffsetDateTime.ofInstant(place.published(), ZoneOffset.UTC));
          values.add(place.generation());
        });
    values.add(most);
    return jdbc.sql(
            """
            select generation, published, actor, home, place, version, document_hash, content_hash
            from rule_generation where project = ? %s order by published desc, generation desc
            limit ?\
            """
                .formatted(after.isEmpty() ? "" : "and (published, generation) < (?, ?)"))
        .params(values)
        .query((row, number) -> row(row))
        .list();
  }

  /** The latest of a number, with its texts. */
  Optional<Map.Entry<GenerationRow, RuleContent>> one(String project, long generation) {
    return jdbc.sql(
            """
            select generation, published, actor, home, place, version, document_hash,
              content_hash, content
            from rule_generation where project = ? and generation = ?
            order by published desc limit 1\
            """)
        .params(project, generation)
        .query((row, number) -> Map.entry(row(row), StoredRules.content(row.getBytes("content"))))
        .optional();
  }

  /** The texts of that very one. */
  Optional<RuleContent> at(String project, GenerationPlace place) {
    return jdbc.sql(
            "select content from rule_generation where project = ? and generation = ?"
                + " and published = ?")
        .params(
            project,
            place.generation(),
            OffsetDateTime.ofInstant(place.published(), ZoneOffset.UTC))
        .query((row, number) -> StoredRules.content(row.getBytes("content")))
        .optional();
  }

  private static GenerationRow row(ResultSet row) throws SQLException {
    return new GenerationRow(
        row.getLong("generation"),
        new RuleOrigin(
            RuleHome.valueOf(row.getString("home")),
            row.getString("place"),
            row.getString("version"),
            row.getString("actor"),
            row.getObject("published", OffsetDateTime.class).toInstant()),
        row.getString("document_hash"),
        row.getString("content_hash"));
  }
}
