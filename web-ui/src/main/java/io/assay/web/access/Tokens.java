package io.assay.web.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The tokens of programs. They are looked up at each request: a revoked one is refused at once. */
@Component
public final class Tokens {
  /** Each use would write a row otherwise. */
  private static final Duration LAST_USED_EVERY = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final JdbcClient jdbc;
  private final Audit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Tokens(JdbcClient jdbc, Audit audit, TransactionTemplate transactions, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Those of a database whose tables are there, without the web interface. */
  public static Tokens of(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    return new Tokens(
        jdbc,
        new Audit(jdbc, Clock.systemUTC()),
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        Clock.systemUTC());
  }

  /** What came of the wish for a token. */
  public sealed interface Creation {
    /**
     * It is there.
     *
     * @param secret what to send; nobody can show it again
     */
    record Made(TokenRow token, String secret) implements Creation {
      @Override
      public String toString() {
        return "Made[token=" + token + "]";
      }
    }

    /** It is not, for all of these reasons. */
    record Refused(List<String> problems) implements Creation {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** What a text that claims to be a token is. */
  public sealed interface Shown {
    record Good(Machine machine) implements Shown {}

    record Bad(String reason) implements Shown {}
  }

  public Creation create(String project, String actor, TokenWish wish) {
    List<String> problems = wish.problems(clock.instant());
    if (!problems.isEmpty()) {
      return new Creation.Refused(problems);
    }
    return Objects.requireNonNull(
        transactions.execute(
            status ->
                exists(project)
                    ? insert(project, actor, wish)
                    : new Creation.Refused(List.of("there is no project '" + project + "'"))));
  }

  private boolean exists(String project) {
    return jdbc.sql("select 1 from project where name = ?")
        .param(project)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private Creation insert(String project, String actor, TokenWish wish) {
    TokenSecret secret = TokenSecret.make(random);
    jdbc.sql(
            """
            insert into token
              (id, project, name, hash, scopes, streams, created, created_by, expires)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
        .param(secret.id())
        .param(project)
        .param(wish.name())
        .param(secret.hash())
        .param(wish.scopes().stream().sorted().map(Scope::word).toArray(String[]::new))
        .param(wish.streams().stream().sorted().toArray(String[]::new))
        .param(at(clock.instant()))
        .param(actor)
        .param(wish.expires() == null ? null : at(wish.expires()))
        .update();
    TokenRow row = one(project, secret.id()).orElseThrow();
    String detail = row.name() + ": " + row.scopesText();
    audit.note(project, actor, "token.created", row.prefix(), detail);
    return new Creation.Made(row, secret.text());
  }

  /** Newest first. */
  public List<TokenRow> of(String project) {
    return jdbc.sql("select * from token where project = ? order by created desc, id desc")
        .param(project)
        .query((row, number) -> row(row))
        .list();
  }

  /**
   * Newest first.
   *
   * @param created when the last one of the part before was made; empty for the first part
   * @param id of that one; it need not be there any more
   */
  public List<TokenRow> of(String project, Optional<Instant> created, String id, int most) {
    return jdbc.sql(
            "select * from token where project = ?%s order by created desc, id desc limit ?"
                .formatted(created.isEmpty() ? "" : " and (created, id) < (?, ?)"))
        .params(
            created
                .<List<?>>map(at -> List.of(project, at.atOffset(ZoneOffset.UTC), id, most))
                .orElseGet(() -> List.of(project, most)))
        .query((row, number) -> row(row))
        .list();
  }

  private Optional<TokenRow> one(String project, String id) {
    return jdbc.sql("select * from token where project = ? and id = ?")
        .params(project, id)
        .query((row, number) -> row(row))
        .optional();
  }

  /** Ends a token; false if the project has none of this id. One that is over stays as it is. */
  public boolean revoke(String project, String actor, String id) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              int changed =
                  jdbc.sql(
                          """
                          update token set revoked = ?, revoked_by = ?
                          where project = ? and id = ? and revoked is null\
                          """)
                      .params(at(clock.instant()), actor, project, id)
                      .update();
              if (changed == 1) {
                audit.note(project, actor, "token.revoked", TokenSecret.prefix(id), "");
              }
              return changed == 1 || one(project, id).isPresent();
            }));
  }

  /** Who shows this text. */
  public Shown look(String text) {
    Optional<TokenSecret> secret = TokenSecret.parse(text);
    return secret
        .flatMap(
            given ->
                jdbc.sql(
                        "select t.* from token t join project p on p.name = t.project"
                            + " where t.id = ? and p.closed is null")
                    .param(given.id())
                    .query((row, number) -> shown(row, given))
                    .optional())
        .orElse(new Shown.Bad("this token is not known"));
  }

  private Shown shown(ResultSet row, TokenSecret given) throws SQLException {
    if (!given.hasHash(row.getBytes("hash"))) {
      return new Shown.Bad("this token is not known");
    }
    TokenRow token = row(row);
    return switch (token.state()) {
      case REVOKED -> new Shown.Bad("this token was revoked");
      case EXPIRED -> new Shown.Bad("this token has expired");
      case LIVE -> {
        noteUse(token);
        yield new Shown.Good(
            new Machine(
                row.getString("project"),
                token.id(),
                token.name(),
                token.scopes(),
                token.streams()));
      }
    };
  }

  private void noteUse(TokenRow token) {
    Instant now = clock.instant();
    Instant last = token.lastUsed();
    if (last == null || last.plus(LAST_USED_EVERY).isBefore(now)) {
      jdbc.sql("update token set last_used = ? where id = ?").params(at(now), token.id()).update();
    }
  }

  private TokenRow row(ResultSet row) throws SQLException {
    Instant expires = instant(row, "expires");
    Instant revoked = instant(row, "revoked");
    TokenRow.State state =
        revoked != null
            ? TokenRow.State.REVOKED
            : expires != null && !expires.isAfter(clock.instant())
                ? TokenRow.State.EXPIRED
                : TokenRow.State.LIVE;
    return new TokenRow(
        row.getString("id"),
        row.getString("name"),
        // A scope that this version does not know opens nothing.
        texts(row, "scopes").stream()
            .flatMap(word -> Scope.of(word).stream())
            .collect(Collectors.toSet()),
        texts(row, "streams"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        expires,
        instant(row, "last_used"),
        revoked,
        row.getString("revoked_by"),
        state);
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    return new TreeSet<>(Arrays.asList((String[]) row.getArray(column).getArray()));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
