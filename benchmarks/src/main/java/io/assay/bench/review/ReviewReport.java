package io.assay.bench.review;

import io.assay.bench.Visitor;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.FirstAdministrator;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A million episodes, and then a million items in the queue: how long a round takes to open, and
 * how long a reviewer waits, over HTTP with a real database: {@code ./assay bench review}.
 */
public final class ReviewReport {
  private static final int EPISODES = 1_000_000;
  private static final int ASKED = 300;
  private static final String API = "/api/v1/projects/default";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String RULES =
      """
      language 1
      stream camera from topic "bench.camera" {
        key key string
        time at timestamp(millis)
        score ratio
      }
      assertion first on camera { expect score < 0.5 mode active sample bandit }
      assertion second on camera { expect score < 0.6 mode active sample bandit }
      assertion third on camera { expect score < 0.7 mode active sample uncertainty }
      """;

  private ReviewReport() {}

  /** {@code arguments}: none. */
  public static void print(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException("bench review needs nothing, got " + arguments);
    }
    try {
      Path folder = Files.createTempDirectory("assay-bench-review");
      try (EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(folder))) {
        runtime.createTopics(Topics.standard().plans(1).stream().map(TopicPlan::newTopic).toList());
        runtime.createTopics(List.of(new NewTopic("bench.camera", 1, (short) 1)));
        try (AssayWeb.Running web = web(runtime)) {
          measure(runtime, web);
        }
      } finally {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void measure(EmbeddedRuntime runtime, AssayWeb.Running web) throws SQLException {
    var visitor = new Visitor("http://127.0.0.1:" + web.port());
    FirstAdministrator.Login login = web.firstLogin().orElseThrow();
    visitor.login(login.name(), login.password());
    publish(visitor);
    try (Connection connection =
            DriverManager.getConnection(runtime.jdbcUrl(), runtime.user(), runtime.password());
        Statement statement = connection.createStatement()) {
      fill(statement);
      System.out.println("| | ms | slowest of twenty |\n|---|---|---|");
      rounds(visitor, statement);
      queue(statement);
      say(visitor, statement);
    }
  }

  private static AssayWeb.Running web(EmbeddedRuntime runtime) {
    return AssayWeb.start(
        Map.of(
            "server.port", 0,
            "spring.datasource.url", runtime.jdbcUrl(),
            "spring.datasource.username", runtime.user(),
            "spring.datasource.password", runtime.password(),
            "assay.labels.automatic", false,
            "assay.sink.bootstrap-servers", runtime.bootstrapServers()));
  }

  private static void publish(Visitor visitor) {
    String body =
        JSON.writeValueAsString(
            Map.of("files", List.of(Map.of("name", "bench.assay", "text", RULES))));
    untilTaken(() -> visitor.send("PUT", API + "/rules", body, "If-Match", "\"0\""));
  }

  /** Until the topics are read, the web interface says that it is not ready. */
  private static void untilTaken(Runnable request) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (true) {
      try {
        request.run();
        return;
      } catch (IllegalStateException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  /** Of the last three weeks, of 5,000 subjects. */
  private static void fill(Statement statement) throws SQLException {
    statement.execute(
        """
        INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode, opened,
          lasts, began, ended, violations, worst, worst_day, worst_id, confidence)
        SELECT 'default', md5(i::text), (ARRAY['first', 'second', 'third'])[1 + i %% 3], 'hash', 'camera',
          'k' || i %% 500, 't' || i %% 10, 't', 'WARNING', 'ACTIVE', at, at, at, at, 1, (i::bigint * 7919 %% 1000) / 1000.0 + 0.001,
          at::date, md5(i::text), (i::bigint * 104729 %% 1000) / 1000.0
        FROM generate_series(1, %d) i, LATERAL (SELECT now() - i * interval '1.8 seconds' AS at) t\
        """
            .formatted(EPISODES));
    statement.execute("ANALYZE");
  }

  private static void rounds(Visitor visitor, Statement statement) throws SQLException {
    untilTaken(() -> visitor.send("POST", API + "/rounds?budget=1", ""));
    forget(statement);
    long[] nanos = new long[5];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      visitor.send("POST", API + "/rounds?budget=1000", "");
      nanos[i] = System.nanoTime() - began;
      forget(statement);
    }
    line("a round of 1,000 is opened", nanos);
  }

  private static void forget(Statement statement) throws SQLException {
    statement.execute("DELETE FROM label_item");
    statement.execute("DELETE FROM label_round");
  }

  /** All that was flagged is to be looked at. */
  private static void queue(Statement statement) throws SQLException {
    statement.execute(
        """
        INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank)
        SELECT project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst, 'gain',
          'why', 1, 0, worst FROM episode\
        """);
    statement.execute("ANALYZE");
  }

  private static void say(Visitor visitor, Statement statement) throws SQLException {
    long[] next = new long[ASKED];
    long[] said = new long[ASKED];
    long[] listed = new long[ASKED];
    for (int i = -50; i < ASKED; i++) {
      long began = System.nanoTime();
      String item = visitor.send("POST", API + "/review/next", "");
      long taken = System.nanoTime();
      String id = JSON.readTree(item).at("/item/id").asString();
      visitor.send("POST", API + "/review/items/" + id + "/verdict", "{\"finding\":\"error\"}");
      long told = System.nanoTime();
      visitor.get(API + "/review/items?limit=50");
      if (i >= 0) {
        next[i] = taken - began;
        said[i] = told - taken;
        listed[i] = System.nanoTime() - told;
      }
    }
    line("the next item is taken", next);
    line("a verdict is given", said);
    line("fifty that wait are listed", listed);
    statement.execute(
        """
        UPDATE label_item SET status = 'AGREED', said = 1, finding = 'ERROR' WHERE id IN
          (SELECT id FROM label_item WHERE status = 'OPEN' LIMIT 100000)\
        """);
    statement.execute("ANALYZE label_item");
    long[] page = new long[20];
    for (int i = 0; i < page.length; i++) {
      long began = System.nanoTime();
      visitor.look("/p/default/review");
      page[i] = System.nanoTime() - began;
    }
    line("the page of reviews, 100,000 reviewed", page);
  }

  private static void line(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f |%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 19 / 20] / 1e6);
  }
}
