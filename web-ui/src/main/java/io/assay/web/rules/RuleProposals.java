package io.assay.web.rules;

import io.assay.stream.contract.RuleContent;
import io.assay.web.access.Audit;
import io.assay.web.system.Moment;
import io.assay.web.system.StoredRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a second person, and what became of it: kept in the database. */
@Component
class RuleProposals {
  private static final String COLUMNS =
      """
      select id, project, base, content, takes_home, author, proposed, note, assertions, state,
        decided_by, decided, reason, generation
      from rule_proposal\
      """;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  RuleProposals(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is proposed, and by whom. */
  record Wish(
      String project,
      long base,
      RuleContent content,
      boolean takesHome,
      String author,
      String note,
      List<String> assertions) {}

  /** Whether a project has someone else who may publish its rules. */
  boolean hasAnother(String project, String person) {
    return jdbc.sql(
            """
            select exists (select 1 from membership where project = ? and account <> ?
              and role in ('AUTHOR', 'ADMINISTRATOR'))\
            """)
        .params(project, person)
        .query(Boolean.class)
        .single();
  }

  /** Keeps it; of the same that waits already, that one. */
  @Transactional
  public RuleProposal add(Wish wish) {
    Optional<Long> id =
        jdbc.sql(
                """
                insert into rule_proposal (project, base, content, content_hash, takes_home, author,
                  proposed, note, assertions, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING') on conflict do nothing returning id\
                """)
            .params(
                wish.project(),
                wish.base(),
                StoredRules.bytes(wish.content()),
                wish.content().hash(),
                wish.takesHome(),
                wish.author(),
                now(),
                wish.note(),
                wish.assertions().toArray(String[]::new))
            .query(Long.class)
            .optional();
    id.ifPresent(
        one ->
            audit.note(
                wish.project(),
                wish.author(),
                "rules.proposed",
                Long.toString(one),
                String.join(" ", wish.assertions())));
    return jdbc.sql(
            COLUMNS
                + " where project = ? and author = ? and base = ? and content_hash = ?"
                + " and state = 'WAITING'")
        .params(wish.project(), wish.author(), wish.base(), wish.content().hash())
        .query((row, number) -> row(row))
        .single();
  }

  /** Those that wait, the oldest first. */
  List<RuleProposal> waiting(String project) {
    return jdbc.sql(COLUMNS + " where project = ? and state = 'WAITING' order by id")
        .param(project)
        .query((row, number) -> row(row))
        .list();
  }

  /**
   * The newest first, whatever became of them.
   *
   * @param waits only those that wait, or only those that were decided; nothing for all
   * @param before the number of the last of the part before
   */
  List<RuleProposal> newest(
      String project, Optional<Boolean> waits, OptionalLong before, int most) {
    return jdbc.sql(
            COLUMNS
                + " where project = ? and id < ?"
                + waits
                    .map(yes -> yes ? " and state = 'WAITING'" : " and state <> 'WAITING'")
                    .orElse("")
                + " order by id desc limit ?")
        .params(project, before.orElse(Long.MAX_VALUE), most)
        .query((row, number) -> row(row))
        .list();
  }

  Optional<RuleProposal> one(String project, long id) {
    return jdbc.sql(COLUMNS + " where project = ? and id = ?")
        .params(project, id)
        .query((row, number) -> row(row))
        .optional();
  }

  /** The same, and nobody else decides it until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<RuleProposal> locked(String project, long id) {
    return jdbc.sql(COLUMNS + " where project = ? and id = ? for update")
        .params(project, id)
        .query((row, number) -> row(row))
        .optional();
  }

  /** Notes what became of one that waits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void decide(RuleProposal one, RuleProposal.State state, RuleProposal.Decision decision) {
    jdbc.sql(
            """
            update rule_proposal
            set state = ?, decided_by = ?, decided = ?, reason = ?, generation = ?::bigint
            where project = ? and id = ? and state = 'WAITING'\
            """)
        .params(
            Arrays.asList(
                state.name(),
                decision.by(),
                OffsetDateTime.ofInstant(decision.at().instant(), ZoneOffset.UTC),
                decision.reason(),
                decision.generation().isPresent() ? decision.generation().getAsLong() : null,
                one.project(),
                one.id()))
        .update();
    String detail =
        decision.generation().isPresent()
            ? "generation " + decision.generation().getAsLong() + ", proposed by " + one.author()
            : decision.reason();
    String id = Long.toString(one.id());
    switch (state) {
      case APPROVED -> audit.note(one.project(), decision.by(), "rules.approved", id, detail);
      case DECLINED -> audit.note(one.project(), decision.by(), "rules.declined", id, detail);
      case WITHDRAWN -> audit.note(one.project(), decision.by(), "rules.withdrawn", id, detail);
      case WAITING -> throw new IllegalArgumentException("to wait is no decision");
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static RuleProposal row(ResultSet row) throws SQLException {
    return new RuleProposal(
        row.getLong("id"),
        row.getString("project"),
        row.getLong("base"),
        StoredRules.content(row.getBytes("content")),
        row.getBoolean("takes_home"),
        row.getString("author"),
        moment(row, "proposed"),
        row.getString("note"),
        List.of((String[]) row.getArray("assertions").getArray()),
        RuleProposal.State.valueOf(row.getString("state")),
        decision(row));
  }

  private static Optional<RuleProposal.Decision> decision(ResultSet row) throws SQLException {
    String by = row.getString("decided_by");
    if (by == null) {
      return Optional.empty();
    }
    long generation = row.getLong("generation");
    OptionalLong came = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(generation);
    return Optional.of(
        new RuleProposal.Decision(by, moment(row, "decided"), row.getString("reason"), came));
  }

  private static Moment moment(ResultSet row, String column) throws SQLException {
    return new Moment(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}
