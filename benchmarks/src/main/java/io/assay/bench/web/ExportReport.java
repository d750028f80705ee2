package io.assay.bench.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.bench.Visitor;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.web.labels.ExportFormat;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Samples of rounds in a real database, exported in every format over HTTP: {@code ./assay bench
 * exports [SAMPLES [FORMAT…]]}. How much heap that takes is set by {@code
 * ASSAY_JAVA_OPTS=-Xmx192m}.
 */
public final class ExportReport {
  private static final int USUAL = 200_000;
  private static final long START = 1_772_352_000_000_000_000L;

  private ExportReport() {}

  /** {@code arguments}: how many samples, 200,000 where nothing is said; and formats, else all. */
  public static void print(List<String> arguments) {
    int samples = arguments.isEmpty() ? USUAL : Integer.parseInt(arguments.getFirst());
    try {
      Path folder = Files.createTempDirectory("assay-bench-exports");
      try (EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(folder));
          AssayWeb.Running web = web(runtime);
          Filling filling = new Filling(runtime.jdbcUrl(), runtime.user(), runtime.password())) {
        fill(filling, samples);
        var visitor = WebReport.visitor(web);
        System.out.printf(
            Locale.ROOT,
            "heap of at most %d MB%n| format | samples | s | MB of file | MB held after"
                + " collections, most |%n|---|---|---|---|---|%n",
            Runtime.getRuntime().maxMemory() >> 20);
        for (ExportFormat format : ExportFormat.values()) {
          if (arguments.size() < 2
              || arguments.subList(1, arguments.size()).contains(format.word())) {
            measure(visitor, format, folder, samples);
          }
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

  private static AssayWeb.Running web(EmbeddedRuntime runtime) {
    return BenchedWeb.start(runtime, Map.of("assay.labels.automatic", false), Map.of());
  }

  private static void measure(Visitor visitor, ExportFormat format, Path folder, int samples) {
    var pools = new ArrayList<MemoryPoolMXBean>();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported()) {
        pools.add(pool);
      }
    }
    System.gc();
    var held = new Held(pools);
    var watch = Thread.ofPlatform().daemon().start(held);
    Path file = folder.resolve("export");
    long begun = System.nanoTime();
    long bytes = visitor.download("/api/v1/projects/default/samples?format=" + format.word(), file);
    double seconds = (System.nanoTime() - begun) / 1e9;
    watch.interrupt();
    System.out.printf(
        Locale.ROOT,
        "| `%s` | %,d | %.1f | %.1f | %.1f |%n",
        format.word(),
        samples,
        seconds,
        bytes / 1e6,
        held.most / 1e6);
  }

  /** Looks now and then how much was held after the last collection. */
  private static final class Held implements Runnable {
    private final List<MemoryPoolMXBean> pools;
    private volatile long most;

    Held(List<MemoryPoolMXBean> pools) {
      this.pools = List.copyOf(pools);
    }

    @Override
    public void run() {
      try {
        while (true) {
          long held = 0;
          for (MemoryPoolMXBean pool : pools) {
            var usage = pool.getCollectionUsage();
            held += usage == null ? 0 : usage.getUsed();
          }
          most = Math.max(most, held);
          Thread.sleep(100);
        }
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void fill(Filling filling, int samples) throws SQLException {
    String evidence = new String(ViolationJson.write(violation()), UTF_8);
    filling.run(
        "CREATE TABLE violation_2026_03_01 PARTITION OF violation FOR VALUES FROM ('2026-03-01') TO"
            + " ('2026-03-02')");
    filling.part(
        "violations",
        () -> {
          try (var insert =
              filling
                  .connection()
                  .prepareStatement(
                      """
                      INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key,
                        subject, label, span_from, span_to, at, severity, level, mode, sentence, evidence, prediction)
                      SELECT 'default', '2026-03-01', 'v-' || n, 'flicker', '', 'h', 'camera', 'v1', 't' || n, 't' || n,
                        t, t, t, 1, 'WARNING', 'ACTIVE', 'gone',
                        replace(?, '#N', n::text)::json, 'e-' || n
                      FROM generate_series(1, ?) n, LATERAL (SELECT TIMESTAMPTZ '2026-03-01T00:00:00Z'
                        + n * interval '400 milliseconds' AS t) at\
                      """)) {
            insert.setString(1, evidence);
            insert.setInt(2, samples);
            insert.executeUpdate();
          }
        });
    filling.run(
        "INSERT INTO label_round (project, number, opened, opened_by, seed, plan, closed) VALUES"
            + " ('default', 1, now(), 'bench', 1, '{}', now())");
    filling.part(
        "items",
        () ->
            filling.run(
                """
                INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
                  at, severity, arm, reason, probability, around, rank, said, status, finding)
                SELECT 'default', id, 1, assertion, stream, key, label, day, id, 'h', at, 1, 'bandit', '', 1, 0, random(), 1,
                  'AGREED', CASE WHEN right(id, 1) = '4' THEN 'NO_ERROR' ELSE 'ERROR' END FROM violation\
                """));
    filling.part(
        "verdicts",
        () ->
            filling.run(
                """
                INSERT INTO label_verdict (project, item, reviewer, at, finding, correction, scope)
                SELECT project, id, 'bench', now(), finding, 'ACCEPTED', 'all' FROM label_item\
                """));
    filling.run("VACUUM ANALYZE");
  }

  /** A car that is missing in the second of three frames of six boxes. */
  private static Violation violation() {
    List<Violation.FrozenEvent> events = new ArrayList<>();
    List<Violation.EventReference> references = new ArrayList<>();
    String mended = "";
    for (int i = 0; i < 3; i++) {
      String id = "e-#N-" + i;
      long at = START + i * 100_000_000L;
      events.add(
          new Violation.FrozenEvent(
              id,
              at,
              "camera",
              List.of("before", "gap", "after").get(i),
              i == 1 ? -1 : 0,
              fields(i, i != 1)));
      references.add(new Violation.EventReference(id, at, new Coordinates("camera", 0, i)));
      mended = i == 1 ? fields(i, true) : mended;
    }
    return new Violation(
        "v-#N",
        "default",
        "flicker",
        "h",
        "",
        "camera",
        "v1",
        "t7@" + START,
        "t7",
        START,
        START + 200_000_000L,
        START + 200_000_000L,
        "e-#N-2",
        1,
        Level.WARNING,
        Mode.ACTIVE,
        "car t7 was gone for 200ms",
        List.of(new Violation.Value("gap", "\"200ms\"", false)),
        events,
        references,
        Optional.of("4"),
        "v-#N",
        List.of(new Violation.Corrected("e-#N-1", START + 100_000_000L, List.of("insert"), mended)),
        false);
  }

  private static String fields(int frame, boolean whole) {
    List<String> boxes = new ArrayList<>();
    for (int i = whole ? 0 : 1; i < 6; i++) {
      boxes.add(
          "{\"area\":[%d,100,40,30],\"label\":\"%s\",\"score\":0.9,\"track\":\"t%d\"}"
              .formatted(100 + 90 * i + frame, i % 2 == 0 ? "car" : "pedestrian", 7 + i));
    }
    return "{\"boxes\":[%s],\"image\":\"frames/#N-%d.png\"}"
        .formatted(String.join(",", boxes), frame);
  }
}
