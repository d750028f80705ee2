package io.assay.web.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerObserved;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.StabilityRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A project of which every list is longer than a page. Texts that come from outside begin as
 * formulas of spreadsheets do.
 */
public final class LongLists {
  private static final String ROWS = "/io/assay/web/system/long-lists.sql";

  private LongLists() {}

  /** Makes it, with all its rows. */
  public static void fill(Installation here, String project) throws SQLException {
    String sql =
        read()
            .replace("'lists'", "'" + project + "'")
            .replace("RULES", "'\\x" + HexFormat.of().formatHex(rules()) + "'::bytea")
            .replace("CARD", json(card(project).json()))
            .replace("RELEASE", json(release(project).json()));
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read() {
    try (InputStream in = Objects.requireNonNull(LongLists.class.getResourceAsStream(ROWS), ROWS)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String json(byte[] record) {
    return "'" + new String(record, UTF_8).replace("'", "''") + "'::jsonb";
  }

  private static byte[] rules() {
    return StoredRules.bytes(
        new RuleContent(List.of(new SourceFile("=file.assay", "language 1\n")), Map.of()));
  }

  private static ImputerCard card(String project) {
    byte[] bytes = {1, 2, 3};
    return new ImputerCard(
        project,
        "frames",
        1,
        0,
        1,
        "features",
        "",
        "plain",
        3,
        0,
        0,
        0,
        false,
        new ImputerCard.Measured(0, null, null, null, null, null, null),
        List.of(),
        List.of(),
        new ImputerObserved(
            null,
            List.of(new ImputerObserved.Gaps("", 10, Map.of("income", 3L))),
            List.of(),
            List.of(),
            null),
        true,
        "=1+1",
        1,
        bytes.length,
        ImputerVersion.sha256(bytes));
  }

  private static StabilityRecord release(String project) {
    return new StabilityRecord(
        project,
        "items",
        "r-1",
        "",
        1,
        1,
        ReleaseStatus.REJECTED,
        "=1+1",
        "",
        0,
        0,
        0,
        0,
        null,
        "",
        List.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        "",
        List.of(),
        null,
        null);
  }
}
