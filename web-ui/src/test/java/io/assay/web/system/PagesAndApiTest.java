package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people see and do on pages, programs read and do by the API. A page that is new fails here
 * until somebody has said by which endpoint, or why none is needed.
 */
class PagesAndApiTest {
  private static final String TABLE = "/io/assay/web/system/pages-and-api.properties";
  private static final String PROJECT = "/api/v1/projects/{project}";
  private static final String NONE = "none: ";
  private static final Pattern ENDPOINT = Pattern.compile("(GET|POST|PUT|DELETE) \\./\\S+");

  private static Map<String, String> table;
  private static Set<String> told;
  private static Set<String> pages;

  @BeforeAll
  static void look() throws IOException {
    Installation here = Installation.shared();
    table = read();
    var document = here.member(Role.VIEWER).get("/api/v1/openapi.json", "application/json");
    assertThat(document.statusCode()).as(document.body()).isEqualTo(200);
    told =
        ToldOperation.of(JsonMapper.shared().readTree(document.body())).stream()
            .map(ToldOperation::name)
            .collect(Collectors.toCollection(TreeSet::new));
    pages =
        MappedEndpoint.of(here).stream()
            .filter(one -> !one.isApi() && !one.isOfManagement())
            .map(one -> one.method() + one.pattern())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> read() throws IOException {
    var properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(PagesAndApiTest.class.getResourceAsStream(TABLE), TABLE)) {
      properties.load(in);
    }
    var table = new TreeMap<String, String>();
    properties.stringPropertyNames().forEach(key -> table.put(key, properties.getProperty(key)));
    return table;
  }

  private static List<String> endpoints(String row) {
    return row.startsWith(NONE) ? List.of() : Arrays.asList(row.split(", "));
  }

  @Test
  void everyPageAndFormIsInTheTable() {
    var without = new TreeSet<>(pages);
    without.removeAll(table.keySet());
    assertThat(pages).hasSizeGreaterThan(100);
    assertThat(without)
        .as(
            "pages and forms without an endpoint: name it in src/test/resources%s, or say why there"
                + " is none",
            TABLE)
        .isEmpty();
  }

  @Test
  void noRowIsOfAPageThatIsGone() {
    var left = new TreeSet<>(table.keySet());
    left.removeAll(pages);
    assertThat(left).as("rows without a page").isEmpty();
  }

  @Test
  void everyEndpointThatIsNamedIsThere() {
    table.forEach(
        (page, row) ->
            endpoints(row)
                .forEach(
                    endpoint -> {
                      assertThat(endpoint).as(page).matches(ENDPOINT);
                      assertThat(told).as(page).contains(endpoint.replace("./", PROJECT + "/"));
                    }));
  }

  /** What is only read has an endpoint that reads; what changes something, one that changes it. */
  @Test
  void aFormIsNoMatterOfReading() {
    table.forEach(
        (page, row) -> {
          boolean changes = !page.startsWith("GET/");
          if (changes && !row.startsWith(NONE)) {
            assertThat(endpoints(row)).as(page).noneMatch(one -> one.startsWith("GET "));
          }
        });
  }

  @Test
  void aReasonIsASentenceAndNothingIsOpen() {
    table.forEach(
        (page, row) -> {
          assertThat(row).as(page).doesNotStartWith("open");
          if (row.startsWith(NONE)) {
            assertThat(row.substring(NONE.length())).as(page).hasSizeGreaterThan(20);
          }
        });
  }

  /** The table is read as one text: a key that stands twice would hide a row. */
  @Test
  void noPageStandsTwice() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PagesAndApiTest.class.getResourceAsStream(TABLE), TABLE)) {
      List<String> keys =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.substring(0, line.indexOf('=')))
              .toList();
      assertThat(keys).doesNotHaveDuplicates();
    }
  }
}
