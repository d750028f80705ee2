package io.assay.web.aside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records put aside over HTTP, on a real broker and database. */
class AsideApiTest {
  private static final String PATH = "/api/v1/projects/default/dead-letters";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static AsideSite site;
  private static ProgramClient repairer;
  private static ProgramClient reader;
  private static BrowsingClient viewer;

  @BeforeAll
  static void start() {
    site = AsideSite.start(Map.of());
    repairer = site.program(Scope.READ, Scope.REPAIR);
    reader = site.program(Scope.READ);
    viewer = site.member(Role.VIEWER);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private static JsonNode replay(ProgramClient client, String body, int status) {
    return json(client.post(PATH + "/replay", "application/json", body), status);
  }

  private static String last(String cause) {
    JsonNode found = json(repairer.get(PATH + "?limit=1000&cause=" + cause), 200).path("records");
    return found.path(found.size() - 1).path("position").asString();
  }

  @Test
  void listsPageByPageAndEachOnce() {
    for (int i = 0; i < 25; i++) {
      site.letter("default", "no-time", "needed a time", i, "{\"n\":" + i + "}");
      site.letter("other", "no-time", "of others", i, "{}");
    }
    site.flush();
    Set<String> seen = new HashSet<>();
    String after = "";
    int pages = 0;
    do {
      JsonNode page =
          json(reader.get(PATH + "?stream=frames&cause=no-time&limit=10&after=" + after), 200);
      page.path("records").forEach(one -> seen.add(one.path("position").asString()));
      after = page.path("next").asString("");
      pages++;
    } while (!after.isEmpty());
    assertThat(seen).hasSize(25);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void whoMayNotSeePrivateFieldsSeesNoBytes() {
    site.letter("default", "broken-json", "'secret' at byte 3", 7, "secret");
    site.flush();
    String position = last("broken-json");

    for (HttpResponse<String> answer :
        Set.of(
            reader.get(PATH + "/" + position),
            viewer.get(PATH + "/" + position, "application/json"),
            reader.get(PATH + "?cause=broken-json"))) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("broken-json").doesNotContain("secret", "c2VjcmV0");
    }
    JsonNode whole = json(repairer.get(PATH + "/" + position), 200);
    assertThat(whole.path("value").asString())
        .isEqualTo(Base64.getEncoder().encodeToString("secret".getBytes(UTF_8)));
    assertThat(whole.path("headers").path(0).path("name").asString()).isEqualTo("traceparent");
    assertThat(whole.path("record").path("detail").asString()).contains("at byte 3");
  }

  @Test
  void replaysOnceAsItCameOrEdited() {
    site.letter("default", "no-key", "needed a key", 1, "{\"n\":1}");
    site.flush();
    String position = last("no-key");
    long before = site.committed(site.source);
    String value = Base64.getEncoder().encodeToString("{\"n\":2}".getBytes(UTF_8));
    String wanted = "{\"positions\":[\"%s\"],\"value\":\"%s\"%s}".formatted(position, value, "%s");

    assertThat(replay(repairer, wanted.formatted(",\"dryRun\":true"), 200).path("replayed").asInt())
        .isEqualTo(1);
    assertThat(site.committed(site.source)).isEqualTo(before);
    JsonNode done = replay(repairer, wanted.formatted(""), 200);
    assertThat(done.path("outcomes").path(0).path("kind").asString()).isEqualTo("SENT");
    assertThat(done.path("outcomes").path(0).path("detail").asString()).startsWith(site.source);
    assertThat(site.committed(site.source)).isEqualTo(before + 1);
    assertThat(replay(repairer, wanted.formatted(""), 200).path("before").asInt()).isEqualTo(1);
    assertThat(site.committed(site.source)).isEqualTo(before + 1);
    JsonNode note = json(reader.get(PATH + "/" + position), 200).path("record").path("replayed");
    assertThat(note.path("by").asString()).startsWith("token ");
    assertThat(note.path("how").asString()).isEqualTo("append");
  }

  @Test
  void allThatFitAreReplayedSomeAtATime() {
    for (int i = 0; i < 70; i++) {
      site.letter("default", "no-id", "needed an id", i, "{}");
    }
    site.flush();
    long before = site.committed(site.source);
    String all = "{\"all\":{\"cause\":\"no-id\"},\"limit\":60%s}";

    JsonNode first = replay(repairer, all.formatted(""), 200);
    assertThat(first.path("replayed").asInt()).isEqualTo(60);
    String next = first.path("next").asString();
    JsonNode second = replay(repairer, all.formatted(",\"after\":\"" + next + "\""), 200);
    assertThat(second.path("replayed").asInt()).isEqualTo(10);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(site.committed(site.source)).isEqualTo(before + 70);
  }

  /** Whoever goes on ends where it began, also where what is replayed is put aside again. */
  @Test
  void whatIsPutAsideMeanwhileIsNotMeant() {
    for (int i = 0; i < 3; i++) {
      site.letter("default", "judge-failed", "", i, "{}");
    }
    site.flush();
    String all = "{\"all\":{\"cause\":\"judge-failed\"},\"limit\":2%s}";
    JsonNode first = replay(repairer, all.formatted(""), 200);
    site.letter("default", "judge-failed", "", 4, "{}");
    site.flush();
    String upTo = first.path("upTo").asString();
    String goingOn =
        ",\"after\":\"%s\",\"upTo\":\"%s\"".formatted(first.path("next").asString(), upTo);

    JsonNode second = replay(repairer, all.formatted(goingOn), 200);
    assertThat(second.path("replayed").asInt()).isEqualTo(1);
    assertThat(second.path("upTo").asString()).isEqualTo(upTo);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void whoMayRepairMaySeeWhatIsToBeRepaired() {
    ProgramClient alone = site.program(Scope.REPAIR);
    site.letter("default", "too-large", "", 1, "{}");
    site.flush();
    JsonNode found = json(alone.get(PATH + "?cause=too-large"), 200).path("records").path(0);
    String position = found.path("position").asString();
    assertThat(json(alone.get(PATH + "/" + position), 200).path("value").asString()).isNotBlank();
    assertThat(alone.get("/api/v1/projects/default/violations").statusCode()).isEqualTo(403);
  }

  @Test
  void aNameThatIsMisspeltReplaysNothing() {
    site.letter("default", "unpaired", "", 1, "{}");
    site.flush();
    long before = site.committed(site.source);
    assertThat(replay(repairer, "{\"all\":{},\"dryrun\":true}", 400).path("detail").asString())
        .isEqualTo(
            "a replay has no 'dryrun': it has positions, all, late, how, value, again, dryRun,"
                + " limit, after, upTo");
    for (String wrong : new String[] {"streams", "late", "project"}) {
      assertThat(
              replay(repairer, "{\"all\":{\"%s\":\"x\"}}".formatted(wrong), 400)
                  .path("detail")
                  .asString())
          .isEqualTo(
              "all has no '%s': it has stream, cause, since, until, source".formatted(wrong));
    }
    assertThat(replay(repairer, "{\"all\":{\"cause\":\"\"}}", 400).path("detail").asString())
        .contains("cause of all needs a text");
    assertThat(site.committed(site.source)).isEqualTo(before);
  }

  @Test
  void lateEventsAreAskedForByName() {
    site.late(5, "{}");
    site.flush();
    JsonNode late = json(reader.get(PATH + "?late=true"), 200).path("records").path(0);
    assertThat(late.path("cause").asString()).isEqualTo("late");
    String position = late.path("position").asString();
    assertThat(json(reader.get(PATH + "/" + position + "?late=true"), 200)).isNotEmpty();
  }

  @Test
  void whatCannotBeDoneIsToldWithItsStatus() {
    assertThat(json(reader.get(PATH + "?limit=0"), 400).path("detail").asString())
        .contains("limit needs 1 to 1,000");
    assertThat(json(reader.get(PATH + "?since=soon"), 400).path("detail").asString())
        .contains("since needs a time such as");
    assertThat(json(reader.get(PATH + "?after=7"), 400).path("detail").asString())
        .contains("PARTITION@OFFSET");
    assertThat(json(reader.get(PATH + "/first"), 400).path("detail").asString())
        .contains("such as 2@17, got 'first'");
    assertThat(json(reader.get(PATH + "/0@99999"), 404).path("detail").asString())
        .contains("no dead letter at 0@99999");
    for (String wrong :
        new String[] {
          "",
          "[]",
          "{",
          "{}",
          "{\"positions\":[]}",
          "{\"positions\":[null]}",
          "{\"positions\":[\"x\"]}",
          "{\"positions\":[\"0@1\"],\"all\":{}}",
          "{\"positions\":[\"0@1\"],\"value\":\"%\"}",
          "{\"all\":{},\"how\":\"guess\"}",
          "{\"all\":{\"since\":\"soon\"}}",
          "{\"all\":{},\"limit\":5000}",
          "{\"all\":{},\"how\":\"rejudge\"}"
        }) {
      assertThat(replay(repairer, wrong, 400).path("detail").asString()).as(wrong).isNotBlank();
    }
    assertThat(replay(repairer, "{\"positions\":[\"0@99999\"]}", 404).path("detail").asString())
        .contains("no dead letter at 0@99999");
    String large = "{\"value\":\"" + "A".repeat(3 << 20) + "\"}";
    assertThat(replay(repairer, large, 413).path("detail").asString())
        .contains("at most 2,097,152");
    assertThat(replay(reader, "{\"all\":{}}", 403).path("detail").asString())
        .contains("lacks the scope");
    var nobody = new ProgramClient(site.web.address(), "");
    assertThat(nobody.get(PATH).statusCode()).isEqualTo(401);
    assertThat(repairer.get("/api/v1/projects/other/dead-letters").statusCode()).isEqualTo(404);
    assertThat(viewer.send("POST", PATH + "/replay", "{\"all\":{}}").statusCode()).isEqualTo(403);
  }
}
