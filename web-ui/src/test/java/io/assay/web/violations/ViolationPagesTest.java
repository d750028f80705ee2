package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ViolationPagesTest {
  private static final String API = "/api/v1/projects/default/violations";

  private static Installation here;
  private static BrowsingClient reviewer;

  @BeforeAll
  static void login() {
    here = Installation.shared();
    reviewer = here.member(Role.REVIEWER);
  }

  @Test
  void listIsPagedByKeyWithoutLossOrRepetition() {
    var seen = new ArrayList<String>();
    String before = "";
    do {
      JsonNode page = json(API + "?limit=20&before=" + encoded(before));
      page.path("items").values().forEach(item -> seen.add(item.path("id").asString()));
      before = page.path("next").asString("");
    } while (!before.isEmpty());
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            here.street().violations().stream().map(Violation::id).toList());
  }

  @Test
  void everyFilterNarrowsTheListAsItSays() {
    assertFilter("assertion=flicker", violation -> violation.assertion().equals("flicker"));
    assertFilter("level=info", violation -> violation.level().name().equals("INFO"));
    assertFilter("key=v2", violation -> violation.key().equals("v2"));
    assertFilter("severity=0.5", violation -> violation.severity() >= 0.5);
    assertFilter("text=PEDESTRIAN", violation -> violation.sentence().contains("pedestrian"));
    assertFilter("stream=lidar", violation -> false);
  }

  @Test
  void timesBoundTheList() {
    Violation middle = here.street().violations().get(here.street().violations().size() / 2);
    String at = Instant.ofEpochMilli(middle.at() / 1_000_000).toString();
    long upTo = count("to=" + encoded(at));
    long from = count("from=" + encoded(at));
    assertThat(upTo).isPositive();
    assertThat(from).isPositive();
    assertThat(upTo + from).isEqualTo(here.street().violations().size());
  }

  @Test
  void unreadableFilterIsToldAndLeftOut() {
    String page = reviewer.get("/p/default/violations?severity=much&key=v1").body();
    assertThat(page).contains("severity needs a number, got &#39;much&#39;");
    var answer = reviewer.get(API + "?from=yesterday", "application/json");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("from needs a time such as");
  }

  @Test
  void unknownViolationIsAProblemForProgramsAndAPageForPeople() {
    var answer = reviewer.get(API + "/2026-01-01/nothing", "application/json");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("there is no violation 2026-01-01/nothing");
    var page = reviewer.get("/p/default/violations/2026-01-01/nothing");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("Nothing here");
  }

  @Test
  void pageTellsWhyAndDrawsTheGap() {
    Violation flicker = newest("flicker");
    String page = reviewer.get(address(flicker)).body();
    assertThat(page)
        .contains(flicker.sentence(), "class=\"box last-known\"", "class=\"gap\"", flicker.id())
        .contains("/p/default/media/frames/")
        .contains("Fields of this event");
  }

  @Test
  void framesCanBeChosenByTheAddress() {
    String page = reviewer.get(address(newest("flicker")) + "?frame=0").body();
    // The first frame is from before the gap: the subject is still there.
    String stage = page.substring(page.indexOf("class=\"stage\""), page.indexOf("class=\"strip\""));
    assertThat(stage).contains("class=\"box subject\"").doesNotContain("class=\"box last-known\"");
  }

  @Test
  void viewersSeeNoRawFields() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    Violation flicker = newest("flicker");
    assertThat(reviewer.get(address(flicker)).body()).contains("class=\"frame\"");
    assertThat(viewer.get(address(flicker)).body())
        .as("without the stream's rules nobody knows what is private: no frame, either")
        .contains("was gone for")
        .doesNotContain("class=\"frame\"", "Fields of this event");
    String day = address(flicker).substring("/p/default/violations".length());
    assertThat(viewer.get(API + day, "application/json").body()).doesNotContain("\"events\"");
    assertThat(reviewer.get(API + day, "application/json").body()).contains("\"events\"");
  }

  @Test
  void privatePartsAreMaskedForViewers() {
    String sentence = "income of \u2063Ann Smith\u2063 was 12";
    assertThat(PrivateText.shown(sentence, false)).isEqualTo("income of \u2022\u2022\u2022 was 12");
    assertThat(PrivateText.shown(sentence, true)).isEqualTo("income of Ann Smith was 12");
  }

  private static Violation newest(String assertion) {
    return here.street().violations().reversed().stream()
        .filter(violation -> violation.assertion().equals(assertion))
        .findFirst()
        .orElseThrow();
  }

  private static String address(Violation violation) {
    var day =
        LocalDate.ofInstant(Instant.ofEpochSecond(violation.at() / 1_000_000_000), ZoneOffset.UTC);
    return "/p/default/violations/" + day + "/" + violation.id();
  }

  private static void assertFilter(String query, Predicate<Violation> expected) {
    List<String> ids = new ArrayList<>();
    json(API + "?limit=500&" + query)
        .path("items")
        .values()
        .forEach(item -> ids.add(item.path("id").asString()));
    assertThat(ids)
        .as(query)
        .containsExactlyInAnyOrderElementsOf(
            here.street().violations().stream().filter(expected).map(Violation::id).toList());
  }

  private static long count(String query) {
    return json(API + "?limit=500&" + query).path("items").size();
  }

  private static JsonNode json(String path) {
    var answer = reviewer.get(path, "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
