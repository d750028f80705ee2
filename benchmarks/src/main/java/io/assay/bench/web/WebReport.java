package io.assay.bench.web;

import io.assay.bench.Visitor;
import io.assay.bench.web.Pages.Page;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Millions of violations in a real database, and every page of the web interface asked for over
 * HTTP: {@code ./assay bench web}. Ends with status 1 where a page's p95 is over the limit.
 */
public final class WebReport {
  private static final String API = "/api/v1/projects/default";
  private static final String FILLED = "filled";
  private static final int WARM = 2;
  private static final int LETTERS = 3_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final EmbeddedRuntime runtime;
  private final WebOptions options;
  private final Path folder;
  private final RequestMeter meter = new RequestMeter();
  private final CountedDatabase counted = new CountedDatabase();

  private WebReport(EmbeddedRuntime runtime, WebOptions options, Path folder) {
    this.runtime = runtime;
    this.options = options;
    this.folder = folder;
  }

  /** {@code arguments}: see {@link WebOptions}. */
  public static void print(List<String> arguments) {
    List<String> over = new ArrayList<>();
    List<PageFigures> figures = measure(WebOptions.of(arguments), over);
    if (!over.isEmpty()) {
      System.err.printf(
          "%d of %d pages are over the limit: %s%n", over.size(), figures.size(), over);
      System.exit(1);
    }
  }

  /** Of each page; {@code over}: takes the names of those whose p95 is over the limit. */
  static List<PageFigures> measure(WebOptions options, List<String> over) {
    try {
      Path folder =
          options.keep().isPresent()
              ? Files.createDirectories(options.keep().get())
              : Files.createTempDirectory("assay-bench-web");
      try (EmbeddedRuntime runtime = EmbeddedRuntime.start(settings(folder))) {
        runtime.createTopics(Topics.standard().plans(1).stream().map(TopicPlan::newTopic).toList());
        List<PageFigures> figures = new WebReport(runtime, options, folder).run();
        figures.stream()
            .filter(one -> options.limitMillis() > 0 && !one.name().startsWith(Page.FILE))
            .filter(one -> one.millis(0.95) > options.limitMillis())
            .forEach(one -> over.add(one.name()));
        return figures;
      } finally {
        if (options.keep().isEmpty()) {
          FileSystemUtils.deleteRecursively(folder);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** As the demo's, but for what makes filling bearable. */
  private static EmbeddedSettings settings(Path folder) {
    EmbeddedSettings usual = EmbeddedSettings.in(folder);
    return new EmbeddedSettings(
        usual.folder(),
        0,
        0,
        usual.minimumFree(),
        Map.of("max_wal_size", "8GB", "wal_level", "minimal", "max_wal_senders", "0"));
  }

  private List<PageFigures> run() throws SQLException, IOException {
    try (AssayWeb.Running web = web();
        Filling filling = new Filling(runtime.jdbcUrl(), runtime.user(), runtime.password())) {
      var visitor = visitor(web);
      fill(web, visitor, filling);
      FilledBacktests.fill(filling, options.assertions());
      tellSizes(filling);
      counted.forgetLooks();
      List<Page> pages =
          new Pages(filling, visitor::page)
              .all().stream().filter(page -> page.name().contains(options.only())).toList();
      List<PageFigures> figures = ask(visitor, pages);
      PageFigures.print(figures, options.limitMillis(), counted.looks());
      return figures;
    }
  }

  /**
   * Without virtual threads, whose CPU time nobody tells; with migrations in any order, since a
   * kept database may be of before one whose number is not the highest.
   */
  private AssayWeb.Running web() {
    return BenchedWeb.start(
        runtime,
        Map.of(
            "spring.flyway.out-of-order",
            true,
            "assay.labels.automatic",
            false,
            "spring.threads.virtual.enabled",
            false,
            "assay.sink.bootstrap-servers",
            runtime.bootstrapServers()),
        Map.of("benchRequestMeter", meter, "benchCountedDatabase", counted));
  }

  /** An administrator who has signed in. */
  static Visitor visitor(AssayWeb.Running web) {
    Members members = web.context().getBean(Members.class);
    String name = "bench-" + UUID.randomUUID();
    Change change = members.add("default", "bench", name, Role.ADMINISTRATOR);
    var visitor = new Visitor("http://127.0.0.1:" + web.port());
    visitor.login(name, ((Change.NewPassword) change).password());
    return visitor;
  }

  private void fill(AssayWeb.Running web, Visitor visitor, Filling filling)
      throws SQLException, IOException {
    Path filled = folder.resolve(FILLED);
    String what =
        "%d %d %d %d"
            .formatted(
                options.violations(), options.episodes(), options.assertions(), options.days());
    if (Files.exists(filled)) {
      if (!Files.readString(filled).equals(what)) {
        throw new IllegalArgumentException(
            "%s was filled with '%s' (violations, episodes, assertions, days), not with '%s'"
                .formatted(folder, Files.readString(filled), what));
      }
      awaitRules(web);
      return;
    }
    Visitor second = visitor(web);
    for (int turn = 0; turn < 3; turn++) {
      publish(visitor, second, turn);
    }
    awaitRules(web);
    FilledTopics.fill(
        runtime.bootstrapServers(),
        web.context().getBean(ActiveRules.class).of("default").orElseThrow(),
        Math.min(LETTERS, options.episodes()),
        System.currentTimeMillis());
    new FilledViolations(filling, options)
        .fill("(now() - interval '%d days')".formatted(options.days()));
    new FilledCounts(filling, options).fill();
    FilledFigures.fill(filling, options.days());
    FilledWork.fill(filling, options.episodes());
    Files.writeString(filled, what);
  }

  /** Some of the rules are critical, so what one person writes another approves. */
  private void publish(Visitor author, Visitor second, int turn) {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "files",
                List.of(
                    Map.of(
                        "name",
                        "bench.assay",
                        "text",
                        WebRules.text(options.assertions(), turn)))));
    untilTaken(() -> author.send("PUT", API + "/rules", body, "If-Match", "\"" + turn + "\""));
    String proposals = API + "/rules/proposals";
    for (JsonNode proposal : JSON.readTree(second.get(proposals + "?state=waiting")).get("items")) {
      second.send("POST", proposals + "/" + proposal.get("id").asString() + "/approve", "");
    }
  }

  private static void awaitRules(AssayWeb.Running web) {
    untilTaken(
        () -> {
          if (web.context().getBean(ActiveRules.class).of("default").isEmpty()) {
            throw new IllegalStateException("no rules are known");
          }
        });
  }

  /** Until the topics are read, the web interface says that it is not ready. */
  private static void untilTaken(Runnable request) {
    long end = System.nanoTime() + 60_000_000_000L;
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

  private static void tellSizes(Filling filling) throws SQLException {
    System.err.println("rows and sizes, indexes among them:");
    filling
        .texts(
            """
            SELECT format('  %s: %s rows, %s', name, sum(rows)::bigint, pg_size_pretty(sum(bytes))) FROM (
              SELECT coalesce(i.inhparent, c.oid)::regclass::text AS name, greatest(c.reltuples, 0) AS rows,
                pg_total_relation_size(c.oid) AS bytes
              FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
              WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace) t
            GROUP BY name HAVING sum(bytes) > 1000000 ORDER BY sum(bytes) DESC\
            """)
        .forEach(System.err::println);
  }

  private List<PageFigures> ask(Visitor visitor, List<Page> pages) {
    var cpu = new PostgresCpu(folder);
    Map<String, PageFigures> figures = new TreeMap<>();
    pages.forEach(page -> figures.put(page.name(), new PageFigures(page.name())));
    var random = new Random(7);
    for (int round = -WARM; round < options.rounds(); round++) {
      List<Page> order = new ArrayList<>(pages);
      Collections.shuffle(order, random);
      for (Page page : order) {
        String address = page.addresses().get(Math.floorMod(round, page.addresses().size()));
        String name = page.name() + " " + round;
        long before = cpu.nanos();
        int bytes = visitor.asked(address, RequestMeter.HEADER, name);
        long used = cpu.nanos() - before;
        Metered cost = meter.take(name);
        if (round >= 0) {
          Objects.requireNonNull(figures.get(page.name())).add(cost, Math.max(0, used), bytes);
        }
      }
    }
    return pages.stream().map(page -> Objects.requireNonNull(figures.get(page.name()))).toList();
  }
}
