package io.assay.web.stability;

import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.StabilityRecord.Neighbour;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.web.system.Installation;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A release of words of which some went elsewhere, as the sink stores it. */
public final class MovedWords {
  private static final List<String> WORDS =
      List.of(
          "jaguar", "python", "mercury", "apple", "java", "crane", "mouse", "bank", "pitch",
          "spring", "seal", "bolt", "ring", "bark", "match", "palm", "bat", "tank", "wave",
          "current", "note", "scale", "key", "rock");

  private MovedWords() {}

  /** In a project that is there. */
  public static void store(Installation here, String project) throws SQLException {
    write(here, record(project, "2026-10", "", 1, ReleaseStatus.ACCEPTED, null));
    write(here, record(project, "2026-11", "", 2, ReleaseStatus.ACCEPTED, null));
    write(here, record(project, "2026-11", "2026-10", 2, ReleaseStatus.ACCEPTED, around()));
    write(here, record(project, "2026-10", "2026-09", 1, ReleaseStatus.ACCEPTED, null));
  }

  private static Neighbourhoods around() {
    return new Neighbourhoods(
        5,
        IntStream.range(0, WORDS.size())
            .mapToObj(
                i -> new Neighbourhood(WORDS.get(i), moved(i), near(i, 1, 0.82), near(i, 4, 0.77)))
            .toList());
  }

  private static double moved(int place) {
    return 0.74 / (1 + 0.2 * place);
  }

  private static List<Neighbour> near(int place, int from, double nearest) {
    return IntStream.range(from, from + 5)
        .mapToObj(
            i ->
                new Neighbour(
                    (i % 3 == 0 ? "the " : "") + WORDS.get((place + i) % WORDS.size()),
                    nearest - 0.043 * (i - from)))
        .toList();
  }

  private static StabilityRecord record(
      String project,
      String release,
      String base,
      long number,
      ReleaseStatus status,
      @Nullable Neighbourhoods around) {
    boolean compared = !base.isEmpty();
    var measured =
        new Measured(
            0.06,
            Map.of(5, 0.71),
            0.12,
            31,
            0.88,
            List.of(300, 300),
            12,
            "gram",
            true,
            1e-12,
            2000,
            Map.of("eis", new StabilityRecord.Interval(0.055, 0.066)));
    return new StabilityRecord(
        project,
        "words",
        release,
        base,
        7,
        number,
        status,
        "",
        "",
        40_000,
        compared ? 39_500 : 0,
        compared ? 39_100 : 0,
        compared ? 0.96 : 0,
        compared ? measured : null,
        "",
        compared
            ? IntStream.range(0, 20).mapToObj(i -> new Moved(WORDS.get(i), moved(i))).toList()
            : List.of(),
        1000,
        1_790_000_000_000L,
        1,
        2,
        3,
        1,
        List.of(),
        "",
        List.of(),
        null,
        around);
  }

  private static void write(Installation here, StabilityRecord record) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement =
            connection.prepareStatement(
                "insert into release_comparison select ?, ?, ?, ?, ?, ?, whole, nullif(whole ->"
                    + " 'neighbourhoods', 'null') from (select ?::jsonb as whole) t")) {
      statement.setString(1, record.project());
      statement.setString(2, record.embeddings());
      statement.setString(3, record.release());
      statement.setString(4, record.base());
      statement.setLong(5, record.number());
      statement.setLong(6, record.sequence());
      statement.setString(7, new String(record.json(), StandardCharsets.UTF_8));
      statement.executeUpdate();
    }
  }
}
