package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Member;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Critical assertions by two people, from proposing to what came of it; each test goes on. */
class SecondPersonTest {
  private static final String RULES = "/p/default/rules";
  private static final String API = "/api/v1/projects/default/rules";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static RulesSite site;
  private static BrowsingClient ann;
  private static BrowsingClient bob;

  /** Of the rules that each test begins with. */
  private long base;

  @BeforeAll
  static void start() {
    site = RulesSite.start();
    ann = site.member("ann", Role.AUTHOR);
    bob = site.member("bob", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void inShadow() {
    base = site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", text("shadow")));
    for (JsonNode one : proposals("?state=waiting").path("items")) {
      BrowsingClient author = one.path("author").asString().equals("ann") ? ann : bob;
      assertThat(decide(author, one.path("id").asLong(), "withdraw").statusCode()).isEqualTo(200);
    }
  }

  private static String text(String mode) {
    return site.file("camera", 2, mode)
        .replace("expect  seen <= 1", "level   critical\n  expect  seen <= 1");
  }

  private static JsonNode proposals(String query) {
    return JSON.readTree(ann.get(API + "/proposals" + query, "application/json").body());
  }

  private static HttpResponse<String> put(BrowsingClient who, String match, String text) {
    return who.send(
        "PUT",
        API,
        Map.of("If-Match", match),
        JSON.writeValueAsString(
            Map.of("files", List.of(Map.of("name", "camera.assay", "text", text)))));
  }

  /** Proposed by Ann; its number. */
  private long proposed(String text) {
    HttpResponse<String> answer = put(ann, "\"" + base + "\"", text);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode item = JSON.readTree(answer.body());
    assertThat(item.path("assertions").path(0).asString()).isEqualTo("camera_001");
    assertThat(item.path("state").asString()).isEqualTo("WAITING");
    assertThat(item.path("follows").asLong()).isEqualTo(base);
    return item.path("id").asLong();
  }

  private static HttpResponse<String> decide(BrowsingClient who, long id, String what) {
    return who.send(
        "POST", API + "/proposals/" + id + "/" + what, "{\"reason\": \"too strict at night\"}");
  }

  @Test
  void anotherAuthorPutsItInForceAndBothAreNamed() {
    long id = proposed(text("active"));
    assertThat(proposed(text("active"))).isEqualTo(id);
    assertThat(site.text("camera.assay")).contains(text("shadow"));
    assertThat(decide(ann, id, "approve").statusCode()).isEqualTo(403);
    assertThat(decide(ann, id, "decline").statusCode()).isEqualTo(403);
    assertThat(decide(bob, id, "withdraw").statusCode()).isEqualTo(403);
    HttpResponse<String> answer = decide(bob, id, "approve");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("generation").asLong()).isEqualTo(base + 1);
    assertThat(site.text("camera.assay")).contains(text("active"));
    assertThat(decide(bob, id, "decline").body()).contains("was approved by bob before");
    JsonNode now = JSON.readTree(ann.get(API, "application/json").body());
    assertThat(now.path("published").path("actor").asString()).isEqualTo("ann");
    assertThat(bob.get("/p/default/audit").body())
        .contains("rules proposed", "rules approved", "proposed by ann");
    // What is active is not ended alone, by whichever way.
    assertThat(put(bob, "*", text("draft")).statusCode()).isEqualTo(202);
    HttpResponse<String> restored =
        bob.send("POST", API + "/" + base + "/restore", Map.of("If-Match", "*"), "");
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(202);
    assertThat(put(bob, "*", text("active") + "# more\n").statusCode()).isEqualTo(200);
  }

  @Test
  void oneThatWasOvertakenWaitsAndSaysWhatIsNeeded() {
    long id = proposed(text("active"));
    assertThat(put(bob, "\"" + base + "\"", text("shadow") + "# more\n").statusCode())
        .isEqualTo(200);
    HttpResponse<String> answer = decide(bob, id, "approve");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("follows generation " + base, "publishes the change once");
    assertThat(bob.get(RULES).body()).contains("which is over");
    assertThat(put(ann, "\"" + base + "\"", text("active")).statusCode()).isEqualTo(412);
    assertThat(decide(bob, id, "decline").statusCode()).isEqualTo(200);
    JsonNode decided = proposals("?state=decided").path("items").path(0);
    assertThat(decided.path("state").asString()).isEqualTo("DECLINED");
    assertThat(decided.path("reason").asString()).isEqualTo("too strict at night");
    JsonNode last = proposals("?limit=1");
    assertThat(last.path("items").path(0).path("id").asLong()).isEqualTo(id);
    JsonNode older = proposals("?limit=1&after=" + last.path("next").asString());
    assertThat(older.path("items").path(0).path("id").asLong()).isLessThan(id);
    assertThat(ann.get(API + "/proposals?after=x", "application/json").statusCode()).isEqualTo(400);
    JsonNode whole =
        JSON.readTree(ann.get(API + "/proposals/" + id, "application/json").body()).path("change");
    assertThat(whole.path(0).path("name").asString()).isEqualTo("camera.assay");
    assertThat(whole.path(0).path("added").asLong()).isPositive();
    assertThat(ann.get(RULES).body()).contains("too strict at night");
  }

  /** As if the program was stopped after the broker had the rules and before the database. */
  @Test
  void oneThatIsInForceAlreadyIsApproved() {
    long id = proposed(text("active"));
    long now =
        site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", text("active")));
    HttpResponse<String> answer = decide(bob, id, "approve");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("generation").asLong()).isEqualTo(now);
  }

  @Test
  void buttonsTakeItToShadowAndAPersonAtThePageApproves() {
    assertThat(ann.get(RULES + "/file?name=camera.assay").body())
        .contains("Activate: camera_001", "To draft: camera_001")
        .doesNotContain("To shadow: camera_001");
    assertThat(mode(ann, "camera_000", "ACTIVE", base)).contains("is in force");
    String once = text("shadow").replaceFirst("mode    shadow", "mode    active");
    assertThat(site.text("camera.assay")).contains(once);
    assertThat(mode(bob, "camera_000", "DRAFT", base))
        .contains("published by ann, is in force by now");
    assertThat(mode(ann, "camera_001", "ACTIVE", base + 1))
        .contains("waits for a second person", "class=\"added\"", "You wrote it", "Withdraw")
        .doesNotContain("Approve and publish");
    long id = proposals("?state=waiting").path("items").path(0).path("id").asLong();
    assertThat(bob.get(RULES).body()).contains("Approve and publish", "Decline");
    assertThat(bob.post(RULES + "/proposals/" + id + "/approve", Map.of()).statusCode())
        .isEqualTo(302);
    assertThat(bob.get(RULES).body()).contains("was approved and is in force");
    assertThat(site.text("camera.assay")).contains(text("active"));
    BrowsingClient viewer = site.member("viewer-" + id, Role.VIEWER);
    assertThat(viewer.get(RULES + "/file?name=camera.assay").body()).doesNotContain("To shadow:");
  }

  private static String mode(BrowsingClient who, String assertion, String mode, long follows) {
    var form = Map.of("assertion", assertion, "mode", mode, "follows", Long.toString(follows));
    assertThat(who.post(RULES + "/mode", form).statusCode()).isEqualTo(302);
    return who.get(RULES).body();
  }

  @Test
  void whatAnotherProcessJudgesByIsShownAndFetched() {
    String shown = ann.get(RULES + "/canonical").body();
    assertThat(shown).contains("camera_001", "Download, ", "&quot;form&quot; : 1");
    HttpResponse<String> file = ann.get(API + "/canonical", "application/json");
    assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .contains("default-rules-" + base + ".json");
    assertThat(CanonicalRules.read(file.body()).assertion("camera_001")).isPresent();
  }

  @Test
  void whoIsAloneWaitsForNobody() {
    var members = site.web.running().context().getBean(Members.class);
    members.changeRole("default", "system", "ann", Role.REVIEWER);
    try {
      List<String> others =
          members.of("default").stream()
              .filter(one -> one.role().covers(Role.AUTHOR) && !one.name().equals("bob"))
              .map(Member::name)
              .toList();
      others.forEach(one -> members.changeRole("default", "system", one, Role.VIEWER));
      assertThat(put(bob, "\"" + base + "\"", text("active")).statusCode()).isEqualTo(200);
      others.forEach(one -> members.changeRole("default", "system", one, Role.ADMINISTRATOR));
    } finally {
      members.changeRole("default", "system", "ann", Role.AUTHOR);
    }
  }
}
