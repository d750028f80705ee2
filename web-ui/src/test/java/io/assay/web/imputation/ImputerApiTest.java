package io.assay.web.imputation;

import static io.assay.web.imputation.ImputerSite.PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.stream.contract.ImputerVersion;
import io.assay.web.system.ProgramClient;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Versions of imputers, and filling gaps, over HTTP: a real broker, sink and database. */
class ImputerApiTest {
  private static final String IMPUTE = "/api/v1/projects/default/impute";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static ImputerSite site;

  @BeforeAll
  static void start() throws Exception {
    site = new ImputerSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void aVersionIsPromotedByHandPinnedAndReleased() throws Exception {
    site.publish("loans", 1, "", true);
    site.publish("loans", 2, "", true);
    site.await(() -> site.item("loans").path("inForce").asInt() == 2);
    site.await(() -> site.item("loans").path("choices").size() == 2);
    JsonNode loans = site.item("loans");
    assertThat(loans.path("group").asString()).isEqualTo("features");
    assertThat(loans.path("pinned").asBoolean()).isFalse();
    assertThat(loans.path("versions").valueStream().map(one -> one.path("version").asInt()))
        .containsExactly(2, 1);
    JsonNode card = site.get(PATH + "/loans/versions/1");
    assertThat(card.path("columns").path(0).path("name").asString()).isEqualTo("income");
    assertThat(card.path("rows").asInt()).isEqualTo(300);

    assertThat(site.post(PATH + "/loans/release").statusCode()).isEqualTo(409);
    HttpResponse<String> promoted =
        site.post(PATH + "/loans/versions/1/promote?why=the+second+guesses+wildly");
    assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(202);
    site.await(() -> site.item("loans").path("inForce").asInt() == 1);
    assertThat(site.item("loans").path("pinned").asBoolean()).isTrue();
    site.publish("loans", 3, "", true);
    site.await(() -> site.item("loans").path("versions").size() == 3);
    assertThat(site.item("loans").path("inForce").asInt()).isEqualTo(1);
    // What is said beside a version is of that version: the third waits.
    assertThat(site.page("/p/default/imputation"))
        .containsPattern(
            "(?s)>loans</a>.*?<span>1</span>.*?>1970-01-01 00:00</time>.*?>3, trained 1970-01-01"
                + " 00:00<");

    assertThat(site.post(PATH + "/loans/release").statusCode()).isEqualTo(202);
    site.await(() -> !site.item("loans").path("pinned").asBoolean());
    assertThat(site.item("loans").path("inForce").asInt()).isEqualTo(1);
    site.publish("loans", 4, "", true);
    site.await(() -> site.item("loans").path("inForce").asInt() == 4);
    assertThat(site.audited())
        .containsExactly("imputer.promoted loans/1", "imputer.released loans/1");
  }

  @Test
  void whatTheTopicForgotCanBePromotedOutOfTheDatabase() throws Exception {
    site.publish("others", 1, "", true);
    ImputerVersion second = site.publish("others", 2, "", true);
    site.await(() -> site.item("others").path("versions").size() == 2);
    byte[] model = site.model("others", 1);
    assertThat(model).isEqualTo(ImputerSite.IMPUTER.bytes());
    site.forget(site.card("others", 1, "", true));
    site.publish("others", 3, "another group", true);
    site.await(() -> site.item("others").path("versions").size() == 3);
    JsonNode refused = site.item("others");
    assertThat(refused.path("inForce").isNull()).isTrue();
    assertThat(refused.path("why").asString())
        .contains("version 3 was learned of other fields, or other types of them");
    assertThat(site.post(PATH + "/others/versions/1/promote").statusCode()).isEqualTo(202);
    site.await(() -> site.item("others").path("inForce").asInt() == 1);
    assertThat(site.model("others", 2)).isEqualTo(second.bytes());
  }

  @Test
  void versionsAndChoicesGoOnByKey() throws Exception {
    for (int version = 1; version <= 5; version++) {
      site.publish("listed", version, "", true);
    }
    site.await(() -> site.item("listed").path("choices").size() == 5);
    assertThat(pages(PATH + "/listed/versions?limit=2"))
        .extracting(one -> one.path("version").asInt())
        .containsExactly(5, 4, 3, 2, 1);
    assertThat(pages(PATH + "/listed/choices?limit=2"))
        .extracting(one -> one.path("version").asInt())
        .containsExactlyInAnyOrder(5, 4, 3, 2, 1);
    assertThat(pages(PATH + "?limit=1"))
        .extracting(one -> one.path("stream").asString())
        .contains("listed")
        .isSorted()
        .doesNotHaveDuplicates();
    JsonNode one = site.get(PATH + "/listed");
    assertThat(one.path("imputer")).isEqualTo(site.item("listed"));
    assertThat(one.path("imputer").path("moreVersions").isNull()).isTrue();
    site.await(() -> site.get(PATH + "/listed").path("attention").size() == 3);
    JsonNode attention = site.get(PATH + "/listed").path("attention");
    assertThat(site.get(PATH + "/listed").path("fields").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("income", "age", "region");
    for (JsonNode field : attention) {
      double sum = 0;
      for (JsonNode look : field.path("looks")) {
        sum += look.path("share").asDouble();
      }
      assertThat(sum).as(field.toString()).isCloseTo(1, within(1e-6));
    }
    assertThat(site.status(PATH + "/nobody")).isEqualTo(404);
    assertThat(site.status(PATH + "/listed/versions?limit=0")).isEqualTo(400);
    assertThat(site.status(PATH + "/listed/choices?before=x")).isEqualTo(400);
  }

  /** Part by part, as long as there is a next. */
  private static List<JsonNode> pages(String path) {
    List<JsonNode> found = new ArrayList<>();
    JsonNode part = site.get(path);
    String name = path.contains("versions") || path.contains("choices") ? "before" : "after";
    while (true) {
      part.path("items").forEach(found::add);
      if (part.path("next").isNull()) {
        return found;
      }
      String next = URLEncoder.encode(part.path("next").asString(), UTF_8);
      part = site.get(path + "&" + name + "=" + next);
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(site.status(PATH + "/loans/versions/99")).isEqualTo(404);
    assertThat(site.status(PATH + "/nothing/versions/1/model")).isEqualTo(404);
    assertThat(site.post(PATH + "/loans/versions/99/promote").statusCode()).isEqualTo(404);
    assertThat(site.post(PATH + "/loans/versions/1/promote?why=" + "x".repeat(501)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void gapsAreFilledByTheOneInForce() throws Exception {
    HttpResponse<String> early = impute("{\"stream\":\"asked\",\"records\":[{}]}");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("no imputer of 'asked' is in force: no version of it");
    site.publish("asked", 7, "", true);
    String body =
        """
        {"stream":"asked","records":[
          {"applicant":"p1","score":1.50,"features":{"age":40,"region":"west"}},
          {"features":{"income":52000,"age":31,"region":"east"}},
          {"features":{"age":40,"region":"west","income":1},"imputed":{"income":{"value":1}}}]}
        """;
    site.await(() -> impute(body).statusCode() == 200);
    HttpResponse<String> answer = impute(body);
    assertThat(answer.body()).contains("\"score\":1.50");
    JsonNode filled = JSON.readTree(answer.body());
    assertThat(filled.path("version").asInt()).isEqualTo(7);
    JsonNode first = filled.path("records").path(0);
    assertThat(first.path("applicant").asString()).isEqualTo("p1");
    double income = first.path("features").path("income").asDouble();
    assertThat(income).isBetween(35_000.0, 55_000.0);
    JsonNode said = first.path("imputed").path("income");
    assertThat(said.path("value").asDouble()).isEqualTo(income);
    assertThat(said.path("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(said.path("interval").path("low").asDouble()).isLessThan(income);
    assertThat(said.path("interval").path("high").asDouble()).isGreaterThan(income);
    assertThat(
            said.path("attention").path("age").asDouble()
                + said.path("attention").path("region").asDouble())
        .isCloseTo(1, within(1e-9));
    assertThat(said.path("abstained").asBoolean()).isFalse();
    assertThat(said.path("version").asInt()).isEqualTo(7);
    JsonNode whole = filled.path("records").path(1);
    assertThat(whole.has("imputed")).isFalse();
    assertThat(whole.path("features").path("income").asInt()).isEqualTo(52000);
    JsonNode again = filled.path("records").path(2);
    assertThat(again.path("features").path("income").asDouble()).isEqualTo(income);

    JsonNode unsure =
        JSON.readTree(impute(body.replaceFirst("\\{", "{\"least\":1,")).body())
            .path("records")
            .path(0);
    assertThat(unsure.path("features").has("income")).isFalse();
    assertThat(unsure.path("imputed").path("income").path("abstained").asBoolean()).isTrue();
  }

  @Test
  void peopleSeeWhereItLooksAndTryIt() throws Exception {
    site.publish("seen", 3, "", true);
    site.await(() -> site.item("seen").path("versions").size() == 1);
    site.await(() -> site.item("seen").path("inForce").asInt() == 3);
    assertThat(site.page("/p/default/imputation")).contains("seen", "features", "300");
    String page = site.page("/p/default/imputation/seen");
    assertThat(page)
        .contains("whole number", "one of these", "version 3; each row")
        .containsPattern("<input[^>]* name=\"value.age\"[^>]* type=\"number\"[^>]* step=\"1\"")
        .containsPattern("(?s)<select[^>]* name=\"value.region\">.*<option value=\"north\">");
    assertThat(page).contains("Gaps of features are filled by version 3.", "in force");
    assertThat(page).containsPattern("income looks at age: [0-9]+[.][0-9] %");
    String tried =
        site.form(
            "/p/default/imputation/seen/try", Map.of("value.age", "40", "value.region", "west"));
    assertThat(tried).containsPattern("income</dt><dd><b>[34][0-9]{4}");
    assertThat(tried).containsPattern("four times of five between [0-9.]+ and [0-9.]+");
    assertThat(site.form("/p/default/imputation/seen/try", Map.of("value.age", "forty")))
        .contains("age needs a number, got &#39;forty&#39;");
    assertThat(
            site.form(
                "/p/default/imputation/seen/try",
                Map.of("value.age", "40", "value.region", "west", "value.income", "1")))
        .contains("No field was empty.");
    assertThat(site.status("/p/default/imputation/unheard-of")).isEqualTo(404);
  }

  @Test
  void whatCannotBeFilledIsSaid() {
    assertRefused("[", 400, "the body is not JSON");
    assertRefused("{\"stream\":\"loans\",\"record\":[]}", 400, "unknown name 'record'");
    assertRefused("{\"stream\":\"loans\",\"records\":[]}", 400, "one object or more");
    assertRefused("{\"stream\":\"loans\",\"records\":[7]}", 400, "record 0 needs");
    assertRefused("{\"stream\":\"plain\",\"records\":[{}]}", 404, "impute nothing of a stream");
    assertRefused(
        "{\"stream\":\"loans\",\"records\":[{}],\"least\":2}", 400, "a confidence of 0 to 1");
    String many = "{},".repeat(1000) + "{}";
    assertRefused("{\"stream\":\"loans\",\"records\":[" + many + "]}", 413, "at most 1000 records");
    assertRefused("\"" + "x".repeat(1 << 20) + "\"", 413, "at most 1048576 bytes");
  }

  private static void assertRefused(String body, int status, String why) {
    HttpResponse<String> answer = impute(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  private static HttpResponse<String> impute(String body) {
    ProgramClient program = site.program();
    return program.post(IMPUTE, "application/json", body);
  }
}
