package io.assay.web.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program goes the way from a topic to a rule that fires, on a real broker. */
class FirstRunApiTest {
  private static final String API = "/api/v1/projects/default";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static RulesSite site;
  private static BrowsingClient author;
  private static String topic;

  @BeforeAll
  static void events() {
    site = RulesSite.start();
    author = site.member("an-author", Role.AUTHOR);
    site.topic("camera");
    topic = site.topics().prefix() + ".camera";
    long now = Instant.now().toEpochMilli();
    for (int seen = 0; seen < 40; seen++) {
      site.event(
          "camera",
          "{\"vehicle\":\"v%d\",\"at\":%d,\"seen\":%d}"
              .formatted(seen % 3, now - 60_000 + 100L * seen, seen % 10));
    }
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static JsonNode get(String path) {
    HttpResponse<String> answer = author.get(API + path, "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> post(String path, String text) {
    return author.send("POST", API + path, JSON.writeValueAsString(Map.of("text", text)));
  }

  private static JsonNode well(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void fromATopicToARuleThatFires() {
    assertThat(topics()).isSorted().doesNotHaveDuplicates().contains(topic);

    JsonNode suggested = get("/topics/" + topic + "/stream");
    assertThat(suggested.path("trouble").asString()).isEmpty();
    assertThat(suggested.path("events").asInt()).isEqualTo(40);
    String block = suggested.path("block").asString();
    assertThat(block).contains("from topic \"" + topic + "\"", "vehicle", "seen");
    String wrong = block.replace("vehicle", "vehicle vehicle");
    JsonNode mistaken = well(post("/streams/check", wrong));
    assertThat(mistaken.path("mistakes").asString()).contains("^");
    assertThat(post("/streams", wrong).statusCode()).isEqualTo(422);
    JsonNode checked = well(post("/streams/check", block));
    assertThat(checked.path("mistakes").asString()).isEmpty();
    assertThat(get("/rules").path("generation").asLong()).isZero();

    JsonNode declared = well(post("/streams", block));
    String stream = declared.path("name").asString();
    assertThat(declared.path("generation").asLong()).isEqualTo(1);
    assertThat(declared.path("file").asString()).isEqualTo(stream + ".assay");
    JsonNode offered = get("/streams/" + stream + "/gallery").path("items");
    assertThat(offered.valueStream().map(one -> one.path("name").asString()).toList())
        .isNotEmpty()
        .isSorted();

    String rule =
        "assertion few on %s \"not many\" { expect seen <= 4 mode active }".formatted(stream);
    String rules = "/streams/" + stream + "/rules";
    JsonNode said = well(post(rules + "/try", rule)).path("said").path(0);
    assertThat(said.path("assertion").asString()).isEqualTo("few");
    assertThat(said.path("violations").asLong()).isEqualTo(20);
    assertThat(said.path("first").path(0).path("key").asString()).startsWith("v");
    assertThat(Instant.parse(said.path("first").path(0).path("at").asString()))
        .isBefore(Instant.now());
    JsonNode odd = well(post(rules + "/try", rule.replace("seen <=", "sen <=")));
    assertThat(odd.path("mistakes").asString()).contains("sen");
    assertThat(odd.path("said")).isEmpty();
    assertThat(get("/rules").path("generation").asLong()).isEqualTo(1);

    assertThat(well(post(rules, rule)).path("name").asString()).isEqualTo("few");
    assertThat(get("/rules/assertions").at("/items/0/state").asString()).isEqualTo("active");
    assertThat(post(rules, " ").statusCode()).isEqualTo(400);
    assertThat(author.get(API + "/streams/nobody/gallery", "application/json").body())
        .contains("the rules declare no stream 'nobody'");
  }

  private static List<String> topics() {
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = get("/topics?limit=1&after=" + after);
      part.path("items").forEach(one -> names.add(one.path("topic").asString()));
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    return names;
  }
}
