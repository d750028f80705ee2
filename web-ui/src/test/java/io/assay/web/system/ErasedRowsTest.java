package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list goes on though the last row that was shown is gone by then: erased, or kept no longer. All
 * others come, each once.
 */
class ErasedRowsTest {
  private static final String PROJECT = "erased";

  private static Installation here;
  private static BrowsingClient reader;

  @BeforeAll
  static void fill() throws SQLException {
    here = Installation.shared();
    LongLists.fill(here, PROJECT);
    String password = here.add(PROJECT, "row-eraser", Role.ADMINISTRATOR);
    reader = here.anonymous();
    reader.login("row-eraser", password);
  }

  /**
   * {@code list}: its endpoint, with {@code #} the parameter that goes on where that is not {@code
   * after}; {@code id}: where an item has it; {@code table} and {@code column}: where it is erased.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          violations?sort=newest#before   | id          | violation          | id
          violations?sort=oldest          | id          | violation          | id
          violations?sort=severity        | id          | violation          | id
          audit#before                    | id          | audit              | id
          alerts?                         | fingerprint | alert              | fingerprint
          alerts/deliveries?              | id          | alert_delivery     | concat(notice, '-', target)
          alerts/history#before           | summary     | alert_history      | summary
          labels?                         | id          | label              | id
          labels/refused?                 | id          | label_refused      | id
          deliveries?#before              | subject     | webhook_delivery   | subject
          exports?                        | id          | export_run         | id
          rounds?#before                  | number      | label_round        | number
          backtests?                      | id          | backtest           | id
          sweeps?                         | id          | backtest           | id
          sweeps?assertion=rule-1         | id          | backtest           | id
          rules/generations?              | published.generation | rule_generation | generation
          rules/proposals?                | id          | rule_proposal      | id
          imputers/frames/versions#before | version     | imputer_version    | version
          imputers/frames/choices#before  | version     | imputer_choice     | version
          embeddings/items-1/releases?    | release     | release_comparison | release
          erasures?                       | id          | erasure            | id
          tokens?                         | id          | token              | id
          members?                        | name        | membership         | account
          alerts/silences#before          | id          | alert_silence      | id
          assertions?                     | name        | violation_span     | assertion
          assertions?sort=name            | name        | violation_span     | assertion
          assertions?sort=rate            | name        | violation_span     | assertion
          assertions?sort=violations      | name        | violation_span     | assertion
          assertions?sort=precision       | name        | violation_span     | assertion
          assertions?sort=last            | name        | violation_span     | assertion
          assertions?sort=owner           | name        | violation_span     | assertion
          """)
  void theListGoesOn(String list, String id, String table, String column) throws SQLException {
    String[] parts = list.split("#", 2);
    String onward = parts.length > 1 ? parts[1] : "after";
    String address =
        "/api/v1/projects/" + PROJECT + "/" + parts[0] + (parts[0].contains("?") ? "&" : "?");
    List<String> whole = ids(items(address + "limit=50", onward), id);
    assertThat(whole).as(list).hasSizeGreaterThan(5).doesNotHaveDuplicates();

    JsonNode first = page(address + "limit=3");
    List<String> seen = new ArrayList<>(ids(first.path("items").valueStream().toList(), id));
    erase(table, column, seen.getLast());
    String next = address + "limit=50&" + onward + "=" + encoded(first.path("next").asString());
    seen.addAll(ids(items(next, onward), id));
    assertThat(seen).as(list).containsExactlyElementsOf(whole);
  }

  private static List<String> ids(List<JsonNode> items, String id) {
    return items.stream().map(one -> one.at("/" + id.replace('.', '/')).asString()).toList();
  }

  /** All that come, part by part. */
  private static List<JsonNode> items(String address, String onward) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = page(address);
    while (true) {
      all.addAll(page.path("items").valueStream().toList());
      String next = page.path("next").asString("");
      if (next.isEmpty()) {
        return all;
      }
      page =
          page(
              address.replaceFirst("&" + onward + "=[^&]*", "")
                  + "&"
                  + onward
                  + "="
                  + encoded(next));
    }
  }

  private static String encoded(String next) {
    return URLEncoder.encode(next, StandardCharsets.UTF_8);
  }

  private static JsonNode page(String address) {
    var answer = reader.get(address, "application/json");
    assertThat(answer.statusCode()).as(address + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void erase(String table, String column, String id) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement =
            connection.prepareStatement(
                "delete from %s where project = ? and (%s)::text = ?".formatted(table, column))) {
      statement.setString(1, PROJECT);
      statement.setString(2, id);
      assertThat(statement.executeUpdate()).as("rows of " + table).isPositive();
    }
  }
}
