package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages of rules do file by file, over HTTP. */
class RuleFilesApiTest {
  private static final String API = "/api/v1/projects/default/rules";
  private static final String CAMERA = API + "/file?name=camera.assay";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static RulesSite site;
  private static BrowsingClient author;
  private long base;

  @BeforeAll
  static void start() {
    site = RulesSite.start();
    author = site.member("an-author", Role.AUTHOR);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void twoFiles() {
    base =
        site.publish(
            RuleHome.WEB,
            "",
            false,
            new SourceFile("camera.assay", site.file("camera", 2, "shadow")),
            new SourceFile("lidar.assay", site.file("lidar", 1, "draft")));
  }

  private static JsonNode get(String path) {
    HttpResponse<String> answer = author.get(path, "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static int status(String path) {
    return author.get(path, "application/json").statusCode();
  }

  private static HttpResponse<String> send(
      String method, String path, String follows, Map<String, String> body) {
    return author.send(
        method,
        path,
        Map.of("If-Match", follows, "Content-Type", "application/json"),
        JSON.writeValueAsString(body));
  }

  private String match() {
    return "\"" + base + "\"";
  }

  @Test
  void oneFileIsReadAsItIsAndAsItWas() {
    JsonNode file = get(CAMERA);
    assertThat(file.path("generation").asLong()).isEqualTo(base);
    assertThat(file.path("file").path("text").asString())
        .isEqualTo(site.file("camera", 2, "shadow"));
    assertThat(file.path("assertions").valueStream().map(one -> one.path("name").asString()))
        .containsExactly("camera_000", "camera_001");
    assertThat(file.path("assertions").path(0).path("mode").asString()).isEqualTo("shadow");
    assertThat(file.path("assertions").path(0).path("line").asInt()).isEqualTo(9);
    assertThat(put("camera", match(), site.file("camera", 1, "shadow")).statusCode())
        .isEqualTo(200);
    assertThat(get(CAMERA + "&generation=" + base).path("file").path("text").asString())
        .contains("camera_001");
    assertThat(get(CAMERA).path("file").path("text").asString()).doesNotContain("camera_001");
    assertThat(status(API + "/file?name=radar.assay")).isEqualTo(404);
    assertThat(status(CAMERA + "&generation=99999")).isEqualTo(404);
  }

  private static HttpResponse<String> put(String file, String follows, String text) {
    return send("PUT", API + "/file?name=" + file + ".assay", follows, Map.of("text", text));
  }

  @Test
  void aFileIsChangedMadeAndRemovedAndTheOthersStay() {
    Optional<String> lidar = site.text("lidar.assay");
    HttpResponse<String> changed = put("camera", match(), site.file("camera", 3, "shadow"));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).contains("\"" + (base + 1) + "\"");
    assertThat(put("radar", "*", site.file("radar", 1, "draft")).statusCode()).isEqualTo(200);
    assertThat(site.text("lidar.assay")).isEqualTo(lidar);
    assertThat(get(API + "/file?name=radar.assay").path("generation").asLong()).isEqualTo(base + 2);
    HttpResponse<String> removed =
        author.send("DELETE", API + "/file?name=radar.assay", Map.of("If-Match", "*"), "");
    assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
    assertThat(status(API + "/file?name=radar.assay")).isEqualTo(404);
    assertThat(
            author
                .send("DELETE", API + "/file?name=radar.assay", Map.of("If-Match", "*"), "")
                .statusCode())
        .isEqualTo(404);
    assertThat(get(CAMERA).path("assertions")).hasSize(3);
  }

  /** Who has not seen a change does not undo it, not even of another file. */
  @Test
  void whatFollowsAnOlderGenerationIsNotPublished() {
    assertThat(put("lidar", match(), site.file("lidar", 2, "draft")).statusCode()).isEqualTo(200);
    HttpResponse<String> late = put("camera", match(), site.file("camera", 3, "shadow"));
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(JSON.readTree(late.body()).path("generation").asLong()).isEqualTo(base + 1);
    assertThat(get(CAMERA).path("assertions")).hasSize(2);
    HttpResponse<String> blind =
        author.send("PUT", CAMERA, JSON.writeValueAsString(Map.of("text", "language 1\n")));
    assertThat(blind.statusCode()).isEqualTo(428);
    HttpResponse<String> wrong = put("camera", "*", "language 1\nassertion\n");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(JSON.readTree(wrong.body()).path("issues").path(0).path("file").asString())
        .isEqualTo("camera.assay");
    HttpResponse<String> name =
        send("PUT", API + "/file?name=camera.txt", "*", Map.of("text", "language 1\n"));
    assertThat(name.statusCode()).isEqualTo(400);
    assertThat(name.body()).contains("ends in .assay");
    assertThat(send("PUT", CAMERA, "*", Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  void theModeOfOneAssertionIsChangedInItsText() {
    HttpResponse<String> changed = mode("camera_001", "active", match());
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    JsonNode modes = get(CAMERA).path("assertions");
    assertThat(modes.valueStream().map(one -> one.path("mode").asString()))
        .containsExactly("shadow", "active");
    assertThat(mode("camera_001", "draft", match()).statusCode()).isEqualTo(412);
    assertThat(mode("camera_001", "loud", "*").body()).contains("draft, shadow or active");
    HttpResponse<String> unknown = mode("nobody", "draft", "*");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("the mode of 'nobody' could not be found");
    JsonNode asserted = get(API + "/assertions?text=camera");
    assertThat(asserted.path("items").valueStream().map(one -> one.path("state").asString()))
        .containsExactly("shadow", "active");
  }

  private static HttpResponse<String> mode(String assertion, String mode, String follows) {
    return send("POST", API + "/mode", follows, Map.of("assertion", assertion, "mode", mode));
  }

  @Test
  void generationsAreToldByFileAndHowTheyDiffer() {
    put("lidar", "*", site.file("lidar", 2, "draft"));
    put("camera", "*", site.file("camera", 3, "shadow"));
    put("lidar", "*", site.file("lidar", 3, "draft"));
    long last = base + 3;
    site.awaitRecorded(last);
    JsonNode lidar = get(API + "/generations?file=lidar.assay&limit=1");
    JsonNode newest = lidar.path("items").path(0);
    assertThat(newest.path("published").path("generation").asLong()).isEqualTo(last);
    assertThat(newest.path("published").path("actor").asString()).isEqualTo("an-author");
    assertThat(newest.path("change").asString()).isEqualTo("changed");
    assertThat(newest.path("added").asLong()).isEqualTo(5);
    JsonNode before =
        get(API + "/generations?file=lidar.assay&limit=1&after=" + lidar.path("next").asString());
    assertThat(before.path("items").path(0).path("published").path("generation").asLong())
        .isEqualTo(base + 1);
    JsonNode never = get(API + "/generations?file=never.assay");
    assertThat(never.path("items")).isEmpty();
    assertThat(status(API + "/generations?limit=0")).isEqualTo(400);

    JsonNode files = get(API + "/diff?from=" + base + "&to=" + last).path("files");
    assertThat(files.valueStream().map(one -> one.path("name").asString()))
        .containsExactly("camera.assay", "lidar.assay");
    assertThat(files.path(1).path("added").asLong()).isEqualTo(10);
    assertThat(files.path(1).path("removed").asLong()).isZero();
    assertThat(files.path(1).path("lines").valueStream().map(one -> one.path("kind").asString()))
        .contains("added");
    assertThat(get(API + "/diff?from=0&to=" + base).path("files")).hasSize(2);
    assertThat(status(API + "/diff?from=0&to=99999")).isEqualTo(404);
  }

  @Test
  void assertionsAreListedByNameInParts() {
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = get(API + "/assertions?limit=2&after=" + after);
      part.path("items").forEach(one -> names.add(one.path("name").asString()));
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(names).containsExactly("camera_000", "camera_001", "lidar_000");
    site.use(base, Map.of("camera_000", "took too long"), Map.of());
    JsonNode use = get(API + "/use");
    assertThat(use.path("generation").asLong()).isEqualTo(base);
    assertThat(use.path("connected").asBoolean()).isTrue();
  }

  @Test
  void aChangeIsToldAsAPatch() {
    String text = site.file("camera", 2, "shadow").replace("seen <= 1", "seen <= 7");
    HttpResponse<String> answer =
        send("POST", API + "/patch", "*", Map.of("file", "camera.assay", "text", text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode patch = JSON.readTree(answer.body());
    assertThat(patch.path("generation").asLong()).isEqualTo(base);
    assertThat(patch.path("patch").asString())
        .contains("--- a/camera.assay", "+++ b/camera.assay", "-  expect  seen <= 1")
        .contains("+  expect  seen <= 7");
    assertThat(status(API + "/evidence-test?day=2026-01-01&violation=none")).isEqualTo(404);
  }
}
