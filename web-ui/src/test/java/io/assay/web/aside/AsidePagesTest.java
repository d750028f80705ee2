package io.assay.web.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of what was put aside, as a browser without scripts meets them. */
class AsidePagesTest {
  private static final String LIST = "/p/default/dead-letters";

  private static AsideSite site;
  private static BrowsingClient author;
  private static BrowsingClient viewer;
  private static BrowsingClient reviewer;

  @BeforeAll
  static void start() {
    site = AsideSite.start(Map.of());
    author = site.member(Role.AUTHOR);
    viewer = site.member(Role.VIEWER);
    reviewer = site.member(Role.REVIEWER);
    site.letter("default", "broken-json", "quote 'hidden' at byte 2", 0, "{ hidden <b>\n}");
    site.letter("default", "no-key", "needed a key", 1, "{}");
    site.letter("other", "no-key", "of others", 2, "{}");
    for (int i = 0; i < 60; i++) {
      site.letter("default", "no-time", "needed a time", 10 + i, "{\"n\":1}");
    }
    site.flush();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .substring(site.web.address().length());
  }

  @Test
  void filtersAndPagesAreInTheAddress() {
    String all = author.get(LIST).body();
    assertThat(all).contains("Unreadable JSON 0@0", "rel=\"next\"").doesNotContain("of others");
    String some = author.get(LIST + "?cause=no-key&stream=frames").body();
    assertThat(some)
        .contains("Without a key 0@1")
        .doesNotContain("Without a time 0@", "rel=\"next\"");
    assertThat(author.get(LIST + "?cause=no-key&since=2200-01-01T00:00:00").body())
        .contains("Nothing fits");
    assertThat(author.get(LIST + "?since=soon").body()).contains("since needs a time such as");
  }

  @Test
  void theFileHasAllThatFit() {
    assertThat(author.get(LIST + "?cause=no-time").body())
        .contains("href=\"/p/default/dead-letters.csv?cause=no-time\" download>");
    String some = author.get(LIST + ".csv?cause=no-time").body();
    assertThat(some.lines()).hasSize(61).allMatch(line -> !line.contains("no-key"));
    assertThat(some).contains(",needed a time,").doesNotContain("# cut");
    assertThat(reviewer.get(LIST + ".csv?cause=broken-json").body()).contains("hidden");
    assertThat(viewer.get(LIST + ".csv?cause=broken-json").body())
        .contains("0@0")
        .doesNotContain("hidden");
    assertThat(author.get(LIST + ".csv?since=soon").statusCode()).isEqualTo(400);
  }

  @Test
  void addressesKeepWhatTheySaid() {
    String page = author.get(LIST + "?since=2000-01-01T00:00:00%2B01:00&cause=no-time").body();
    assertThat(page)
        .contains("since=2000-01-01T00%3A00%3A00%2B01%3A00")
        .doesNotContain("since needs a time");
    String back =
        location(author.post(LIST + "/replay", Map.of("stream", "{position}", "source", "a+b")));
    assertThat(back).contains("stream=%7Bposition%7D", "source=a%2Bb");
  }

  /** Of a long record what is around the place, and nothing is marked that is not there. */
  @Test
  void thePlaceIsShownAlsoFarBehind() {
    String value = "a".repeat(50_000) + "HERE" + "b".repeat(10);
    site.letter("default", "broken-payload", "ends at byte 50000", 90, value);
    site.flush();
    String list = author.get(LIST + "?cause=broken-payload").body();
    var position = Pattern.compile("Unreadable payload (\\d+@\\d+)").matcher(list);
    assertThat(position.find()).isTrue();

    String page = reviewer.get(LIST + "/" + position.group(1)).body();
    assertThat(page)
        .containsPattern("a<mark [^>]*>Byte 50,000: here it went wrong</mark>HEREb")
        .contains("Bytes 41,808 to 50,014 of 50,014.");
  }

  @Test
  void bytesAreForReviewersAndReplayingForAuthors() {
    String page = LIST + "/0@0";
    assertThat(viewer.get(page).body())
        .contains("broken-json", "Reviewers and those above")
        .doesNotContain("hidden &lt;b&gt;", "quote", "name=\"confirmed\"");
    assertThat(reviewer.get(page).body())
        .contains("hidden &lt;b&gt;", "Byte 2: here it went wrong")
        .doesNotContain("name=\"confirmed\"");
    assertThat(author.get(page).body()).contains("name=\"text\"", "name=\"confirmed\"");
    assertThat(reviewer.get(LIST + "/replay").statusCode()).isEqualTo(403);
    assertThat(reviewer.post(page + "/replay", Map.of("confirmed", "yes")).statusCode())
        .isEqualTo(403);
    var forged = site.member(Role.ADMINISTRATOR);
    forged.forgetToken();
    assertThat(forged.post(page + "/replay", Map.of("confirmed", "yes")).statusCode())
        .isEqualTo(403);
    assertThat(author.get(LIST + "/0@2").statusCode()).isEqualTo(404);
    assertThat(author.get(LIST + "/first").statusCode()).isEqualTo(400);
  }

  @Test
  void oneIsReplayedOnceAfterAWordOfConfirmation() {
    String page = LIST + "/0@1";
    author.get(page);
    String back = location(author.post(page + "/replay", Map.of("text", "{\"n\": 7}")));
    String unconfirmed = author.get(back).body();
    assertThat(unconfirmed).contains("Nothing was done", "{&quot;n&quot;: 7}");

    location(author.post(page + "/replay", Map.of("text", "{}", "confirmed", "yes")));
    assertThat(author.get(page).body()).contains("Replayed: 1.", site.source + "-0@");
    location(author.post(page + "/replay", Map.of("text", "{}", "confirmed", "yes")));
    assertThat(author.get(page).body()).contains("Replayed before: 1.", "by a-author");
    location(
        author.post(page + "/replay", Map.of("text", "{}", "confirmed", "yes", "how", "rejudge")));
    assertThat(author.get(page).body()).contains("rejudging needs the archive");
  }

  @Test
  void allThatFitAreCountedFirst() {
    String ask = author.get(LIST + "/replay?cause=no-time").body();
    assertThat(ask).contains("60 records fit.", "name=\"upTo\"");
    long before = site.committed(site.source);
    String back =
        location(author.post(LIST + "/replay", Map.of("cause", "no-time", "confirmed", "yes")));
    assertThat(author.get(back).body()).contains("Replayed: 60. Replayed before: 0. Refused: 0.");
    assertThat(site.committed(site.source) - before).isBetween(60L, 61L);
    assertThat(author.get(LIST + "/replay?cause=no-time").body())
        .contains("60 of them were replayed before");
  }
}
