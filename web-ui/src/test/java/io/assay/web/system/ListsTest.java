package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks lists as people do, from part to part by their links: each row comes once, and the file has
 * the same rows in the same order.
 */
class ListsTest {
  private static final String PROJECT = "lists";

  private static BrowsingClient reader;

  @BeforeAll
  static void fill() throws SQLException {
    Installation here = Installation.shared();
    LongLists.fill(here, PROJECT);
    String password = here.add(PROJECT, "lister", Role.ADMINISTRATOR);
    reader = here.anonymous();
    reader.login("lister", password);
  }

  /**
   * {@code list}: its address, with {@code #} the name of its places where a page has several;
   * {@code row}: what stands in the page once for each row; {@code column}: the same in the file.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          violations                               | violations.csv                           | /violations/[0-9-]{10}/([0-9a-f]{32}) | id      | 130 | 50
          violations?sort=oldest                   | violations.csv?sort=oldest               | /violations/[0-9-]{10}/([0-9a-f]{32}) | id      | 130 | 50
          violations?assertion=rule-1              | violations.csv?assertion=rule-1          | /violations/[0-9-]{10}/([0-9a-f]{32}) | id      | 65  | 50
          violations?sort=severity                 | violations.csv?sort=severity             | /violations/[0-9-]{10}/([0-9a-f]{32}) | id      | 130 | 50
          audit?text=row-                          | audit.csv?text=row-                      | @(row-[0-9]+)                         | subject | 130 | 50
          alerts?state=firing#after                      | alerts.csv?state=firing                  | <tr id="([0-9a-f]{16})"               | alert   | 240 | 50
          alerts?sort=oldest#after                       |                                          | <tr id="([0-9a-f]{16})"               | alert   | 480 | 50
          alerts?assertion=rule-1#after                  |                                          | <tr id="([0-9a-f]{16})"               | alert   | 240 | 50
          alerts?assertion=rule-1&level=critical&state=pending&sort=oldest#after | alerts.csv?assertion=rule-1&level=critical&state=pending&sort=oldest | <tr id="([0-9a-f]{16})"               | alert   | 30  | 50
          alerts/000000000000000a                  | alerts/history.csv?alert=000000000000000a | class="wide">([+][0-9]+)<             | summary | 130 | 50
          alerts?assertion=rule-0&level=critical#before | alerts/history.csv?assertion=rule-0&level=critical | class="wide">([+][0-9]+)<             | summary | 130 | 50
          alerts/deliveries                        | alerts/deliveries.csv                    | id="delivery-([0-9]+-[01])"           | id      | 150 | 50
          alerts/deliveries?route=route-1&sort=oldest | alerts/deliveries.csv?route=route-1&sort=oldest | id="delivery-([0-9]+-[01])"           | id      | 76  | 50
          alerts/deliveries?status=dead            | alerts/deliveries.csv?status=dead        | id="delivery-([0-9]+-[01])"           | id      | 75  | 50
          labels                                   | labels.csv                               | data-id="(label-[0-9]+)"              | id      | 130 | 30
          labels?source=api&sort=oldest            | labels.csv?source=api&sort=oldest        | data-id="(label-[0-9]+)"              | id      | 65  | 30
          labels#refused                           | labels/refused.csv                       | class="why">(-[0-9]+)<                | why     | 40  | 30
          labels#delivery                          | labels/deliveries.csv                    | <span>Round ([0-9]+)</span><span class="below"> | round   | 45  | 20
          rules                                    | rules/generations.csv                    | aria-label="What changed ([0-9]+)"    | generation | 130 | 50
          review/rounds                            | review/rounds.csv                        | id="round-([0-9]+)"                   | round   | 50  | 20
          rules#decided                            | rules/proposals.csv                      | class="wide">(=1[+][0-9]+)<           | reason  | 60  | 20
          backtests                                | backtests.csv                            | /backtests/(job-[0-9]+)"              | id      | 60  | 25
          imputation/frames#before                 | imputation/frames/versions.csv           | strong">([0-9]+)</td><td class="nowrap"><time[^>]*>[^<]*</time></td>[^<]*<td>plain     | version | 120 | 50
          imputation/frames#chosen                 | imputation/frames/choices.csv            | strong">([0-9]+)</td><td class="nowrap"><time[^>]*>[^<]*</time></td>[^<]*<td>@somebody | version | 120 | 50
          stability#of=items-1&amp;after           | stability.csv?of=items-1                 | /stability/items-1/(r-[0-9]+)"        | release | 130 | 50
          review#after                             | review/disputed.csv                      | /review/items/(item-[0-9]+)"          | id      | 50  | 20
          erasure                                  | erasure.csv                              | <h2>Request ([0-9]+), stream         | number  | 60  | 20
          assertions                               | assertions.csv                           | cover" href="[^"]*">(=past-[0-9]+)</a>        | assertion | 60  | 50
          members                                  | members.csv                              | members/(list[a-z0-9-]+)/role         | name    | 61  | 50
          """)
  void eachRowComesOnceAndTheFileHasThemAll(
      String list, @Nullable String file, String row, String column, int rows, int part) {
    String[] parts = list.split("#", 2);
    String address = "/p/" + PROJECT + "/" + parts[0];
    // Of the list whose places are called so: a page may have several.
    Pattern onward =
        Pattern.compile(
            "<a [^>]*rel=\"next\"[^>]*href=\"([^\"]*[?&;](?:%s)=[^\"]*)\""
                .formatted(parts.length > 1 ? parts[1] : "after|before"),
            Pattern.DOTALL);
    var seen = new ArrayList<String>();
    String first = page(address);
    String page = first;
    int pages = 1;
    while (true) {
      seen.addAll(all(Pattern.compile(row), page));
      Matcher next = onward.matcher(page);
      if (!next.find()) {
        break;
      }
      page = page(next.group(1).replace("&amp;", "&"));
      assertThat(++pages).as("parts of " + list).isLessThan(20);
    }
    assertThat(pages).as("parts of " + list).isEqualTo((rows + part - 1) / part);
    assertThat(seen).as(list).doesNotHaveDuplicates().hasSize(rows);

    String wanted = file == null ? parts[0].replaceFirst("[?]|$", ".csv$0") : file;
    if (file != null) {
      assertThat(first.replace("&amp;", "&"))
          .contains("href=\"/p/lists/%s\" download>".formatted(wanted));
    }
    var answer = reader.get("/p/lists/" + wanted);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    List<String> lines = answer.body().lines().toList();
    int place = List.of(lines.getFirst().split(",")).indexOf(column);
    assertThat(
            lines.stream().skip(1).map(line -> line.split(",", -1)[place].replaceAll("^'@?", "")))
        .as(list)
        .containsExactlyElementsOf(seen);
    assertThat(answer.body()).doesNotContainPattern("(?m)(^|,)[=@+]");
  }

  /** A version of a model is a line across the charts of its stream, and is told below them. */
  @Test
  void chartsInTimeMarkWhereAVersionAppeared() {
    assertThat(page("/p/lists/imputation/frames"))
        .contains(
            "class=\"version\" d=\"M120.0 0v48\"",
            "<span class=\"version-name\">version =m-9 since 1970-01-01 01:40</span>");
    assertThat(page("/p/lists/assertions"))
        .contains("data-marks=\"assertion-heat-marks\"", "id=\"assertion-heat-marks\"")
        .containsPattern("data-step=\"[0-9]+\"><span>model =m-2 of stream</span>");
    JsonNode map =
        JsonMapper.shared()
            .readTree(
                reader.get("/api/v1/projects/lists/heat-map?limit=2", "application/json").body());
    JsonNode mark = map.path("versions").path(0);
    assertThat(mark.path("version").asString()).isEqualTo("=m-2");
    String column = map.path("times").path(mark.path("column").asInt()).asString();
    assertThat(column).isEqualTo("2026-03-01T12:10:00Z");
  }

  @Test
  void whatWasRefusedIsAFileToo() {
    String file = reader.get("/p/lists/labels/refused.csv").body();
    assertThat(file.lines()).hasSize(41);
    assertThat(file).contains(",api,'=somebody,'-40,");
  }

  @Test
  void silencesAreAFileWithThoseThatAreOver() {
    assertThat(page("/p/lists/alerts")).contains("href=\"/p/lists/alerts/silences.csv\" download>");
    List<String> lines = reader.get("/p/lists/alerts/silences.csv").body().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("created,matchers,starts,ends,state,by,comment,ended_by,number");
    assertThat(lines.get(1)).contains("\"alertname=\"\"rule-1\"\"\"", ",active,'@somebody,'=1+1,,");
    assertThat(lines.getLast()).contains(",expired,'@somebody,'=1+1,somebody,");
    assertThat(lines).hasSize(62);
  }

  @Test
  void silencesThatAreOnGoOn() {
    Pattern silence = Pattern.compile("/alerts/silences/([0-9]+)/end\"");
    Pattern onward = Pattern.compile("rel=\"next\" href=\"([^\"]*[?&;]silence=[0-9]+#silences)\"");
    String first = page("/p/lists/alerts?level=critical");
    List<String> seen = new ArrayList<>(all(silence, first));
    assertThat(seen).hasSize(50);
    List<String> next = all(onward, first);
    assertThat(next).singleElement().asString().contains("level=critical");
    String second = page(next.getFirst().replace("&amp;", "&").replace("#silences", ""));
    seen.addAll(all(silence, second));
    assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    assertThat(all(onward, second)).isEmpty();
  }

  @Test
  void tokensGoOn() {
    Pattern token = Pattern.compile("/tokens/([a-z2-7]{10})/revoke\"");
    Pattern onward = Pattern.compile("rel=\"next\"[^>]* href=\"([^\"]*[?]after=[^\"]*)\"");
    String first = page("/p/lists/tokens");
    List<String> seen = new ArrayList<>(all(token, first));
    assertThat(seen).hasSize(50);
    String second = page(all(onward, first).getFirst());
    seen.addAll(all(token, second));
    assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    assertThat(all(onward, second)).isEmpty();
  }

  @Test
  void tokensAreAFileWithoutTheirSecrets() {
    assertThat(page("/p/lists/tokens")).contains("href=\"/p/lists/tokens.csv\" download>");
    List<String> lines = reader.get("/p/lists/tokens.csv").body().lines().toList();
    assertThat(lines).hasSize(61);
    assertThat(lines.get(1))
        .startsWith("'=1+1,")
        .contains(",\"ingest, read\",frames,live,2026-03-01T12:00:00Z,'@somebody,")
        .doesNotContain("never");
  }

  @Test
  void whatCannotBeReadIsToldAndGivesNoFile() {
    var answer = reader.get("/p/lists/audit.csv?before=soon");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("before needs the number of a change, got &#39;soon&#39;");
    assertThat(reader.get("/p/lists/violations.csv?severity=much").statusCode()).isEqualTo(400);
    assertThat(reader.get("/p/lists/labels?refused=x").body()).contains("got &#39;x&#39;");
    assertThat(reader.get("/p/lists/rules?after=yesterday~1").body())
        .contains("after needs a place such as 2026-03-01T08:00:00Z~7");
  }

  private static String page(String address) {
    var answer = reader.get(address);
    assertThat(answer.statusCode()).as(address).isEqualTo(200);
    return answer.body();
  }

  private static List<String> all(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    var all = new ArrayList<String>();
    while (found.find()) {
      all.add(found.group(1));
    }
    return all;
  }
}
