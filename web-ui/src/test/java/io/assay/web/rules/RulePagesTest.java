package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of rules, as a browser without scripts meets them. */
class RulePagesTest {
  private static final String RULES = "/p/default/rules";
  private static final String EDIT = RULES + "/edit";

  private RulesSite site;
  private BrowsingClient author;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields.
  RulePagesTest() {}

  @BeforeEach
  void start() {
    site = RulesSite.start();
    author = site.member("an-author", Role.AUTHOR);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private static HttpResponse<String> send(
      BrowsingClient who, String does, String file, long follows, String text) {
    return who.post(
        EDIT, Map.of("does", does, "file", file, "follows", Long.toString(follows), "text", text));
  }

  private HttpResponse<String> send(String does, String file, long follows, String text) {
    return send(author, does, file, follows, text);
  }

  private String after(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return author.get(RULES).body();
  }

  @Test
  void theFirstFileIsCheckedPublishedAndShown() {
    assertThat(author.get(RULES).body()).contains("No rules yet", "New file");
    author.get(EDIT);
    String text = site.file("camera", 2, "active");
    String windows = text.replace("\n", "\r\n");
    assertThat(send("check", "camera.assay", 0, windows).body())
        .contains("All rules hold together");
    String page = after(send("publish", "camera.assay", 0, windows));
    assertThat(page)
        .contains(
            "Generation 1 is in force.", "camera_001", "not more than 1 are seen", "an-author");
    assertThat(site.text("camera.assay")).contains(text);
    assertThat(author.get(RULES + "?text=camera_001").body())
        .contains("camera_001")
        .doesNotContain("camera_000");
    assertThat(author.get(RULES + "/file?name=camera.assay").body())
        .contains("id=\"L9\"", "camera_000");
  }

  @Test
  void mistakesAreShownWithTheirPlaceAndWhatWasTypedStays() {
    author.get(EDIT);
    String wrong = site.file("camera", 1, "active").replace("expect  seen", "expect  sen");
    for (String does : new String[] {"check", "publish"}) {
      String page = send(does, "camera.assay", 0, wrong).body();
      assertThat(page)
          .contains("camera.assay:11:11: error[A", "did you mean", "expect  sen &lt;= 0");
    }
    assertThat(send("publish", "../x", 0, wrong).body())
        .contains("a file needs a name", "expect  sen");
    assertThat(author.get(RULES).body()).contains("No rules yet");
  }

  @Test
  void twoWhoEditTheSameLoseNothing() {
    String text = site.file("camera", 2, "active");
    after(send("publish", "camera.assay", 0, text));
    BrowsingClient other = site.member("another", Role.AUTHOR);
    String lidar = site.file("lidar", 1, "active");
    assertThat(send(other, "publish", "lidar.assay", 1, lidar).statusCode()).isEqualTo(302);
    String theirs = text.replace("at once", "together");
    assertThat(send(other, "publish", "camera.assay", 2, theirs).statusCode()).isEqualTo(302);

    String mine = text.replace("seen <= 1", "seen <= 7");
    String page = send("publish", "camera.assay", 1, mine).body();
    assertThat(page)
        .contains(
            "Generation 3 was published by another meanwhile",
            "seen &lt;= 7",
            "What they changed in this file",
            "together",
            "name=\"follows\" value=\"3\"");
    assertThat(site.text("camera.assay")).contains(theirs);
    after(send("publish", "camera.assay", 3, mine));
    assertThat(site.text("camera.assay")).contains(mine);
    assertThat(site.text("lidar.assay")).contains(lidar);
  }

  @Test
  void anEarlierGenerationIsComparedAndRestored() {
    String first = site.file("camera", 1, "active");
    after(send("publish", "camera.assay", 0, first));
    String second = first.replace("seen <= 0", "seen <= 5");
    after(send("publish", "camera.assay", 1, second));
    site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", second + "\n# more\n"));
    String diff = author.get(RULES + "/diff?from=1&to=2").body();
    assertThat(diff)
        .contains("Generation 1 to 2", "class=\"removed\"", "seen &lt;= 0", "seen &lt;= 5");
    assertThat(author.get(RULES + "/diff?from=0&to=1").body()).contains("+12");
    assertThat(author.get(RULES + "/diff?from=1&to=77").statusCode()).isEqualTo(404);

    String restore = RULES + "/1/restore";
    assertThat(after(author.post(restore, Map.of("follows", "3")))).contains("was not ticked");
    assertThat(after(author.post(restore, Map.of("follows", "2", "confirmed", "yes"))))
        .contains("generation 3 is in force by now");
    assertThat(after(author.post(restore, Map.of("follows", "3", "confirmed", "yes"))))
        .contains("Generation 4 is in force.");
    assertThat(site.text("camera.assay")).contains(first);
  }

  @Test
  void rulesOfAGitCheckoutAreReadOnly() {
    String text = site.file("camera", 1, "shadow");
    site.publish(RuleHome.GIT, "/srv/rules", false, new SourceFile("camera.assay", text));
    String page = author.get(RULES).body();
    assertThat(page)
        .contains("/srv/rules", "0123456789", "shadow", "rules?home=web")
        .doesNotContain(">New file<", ">Edit<");
    assertThat(author.get(EDIT + "?file=camera.assay").body())
        .contains("readonly", "rules?home=web")
        .doesNotContain("value=\"publish\"");
    String typed = send("publish", "camera.assay", 1, text + "\n# typed\n").body();
    assertThat(typed).contains("# typed", "rules?home=web");
    assertThat(site.text("camera.assay")).contains(text);
  }

  @Test
  void whatDoesNotJudgeStandsFirstWithTheReason() {
    String text = site.file("camera", 3, "active");
    long generation = site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", text));
    site.use(
        generation,
        Map.of("camera_002", "it takes 9.0 ms of CPU time an event"),
        Map.of("camera_001", "division by <zero>"));
    String page = site.member("a-viewer", Role.VIEWER).get(RULES).body();
    assertThat(page)
        .contains(
            "3 assertions, 2 do not judge as they should",
            "SUSPENDED",
            "it takes 9.0 ms",
            "division by &lt;zero&gt;")
        .doesNotContain(">Edit<", ">New file<");
    assertThat(page.indexOf("camera_002")).isLessThan(page.indexOf("camera_000"));
  }
}
