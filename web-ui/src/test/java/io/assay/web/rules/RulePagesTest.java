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

  /** Of a new file where it follows nothing, and else of one that was opened. */
  private static HttpResponse<String> send(
      BrowsingClient who, String does, String file, long follows, String text) {
    return send(who, does, file, follows == 0 ? "" : file, follows, text);
  }

  private static HttpResponse<String> send(
      BrowsingClient who, String does, String file, String opened, long follows, String text) {
    return who.post(
        EDIT,
        Map.of(
            "does", does,
            "file", file,
            "opened", opened,
            "follows", Long.toString(follows),
            "text", text));
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
    assertThat(author.get(RULES + ".csv?text=camera_001").body())
        .startsWith("assertion,title,state,why,stream,owner,file,line\r\ncamera_001,")
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
    assertThat(send(other, "publish", "lidar.assay", "", 1, lidar).statusCode()).isEqualTo(302);
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
  void aNewFileTakesNobodysPlace() {
    String text = site.file("camera", 2, "active");
    after(send("publish", "camera.assay", 0, text));
    assertThat(author.get(EDIT).body()).contains("name=\"opened\" value=\"\"");
    String mine = site.file("camera", 1, "draft");
    for (String does : new String[] {"check", "publish"}) {
      assertThat(send(author, does, "camera.assay", "", 1, mine).body())
          .contains("there is a file &#39;camera.assay&#39; already", "mode    draft")
          .doesNotContain("readonly");
    }
    assertThat(site.text("camera.assay")).contains(text);
    assertThat(send(author, "publish", "other.assay", "camera.assay", 1, mine).body())
        .contains("keeps its name", "mode    draft");
    String lidar = site.file("lidar", 1, "active");
    after(send(author, "publish", "lidar.assay", "", 1, lidar));
    assertThat(site.text("camera.assay")).contains(text);
  }

  @Test
  void twoNewFilesOfOneNameAreNotOne() {
    String text = site.file("camera", 2, "active");
    after(send("publish", "camera.assay", 0, text));
    String mine = text.replace("seen <= 1", "seen <= 7");
    String page = send("publish", "camera.assay", 0, mine).body();
    assertThat(page)
        .contains("Generation 1 was published by an-author meanwhile", "seen &lt;= 7")
        .doesNotContain("readonly");
    assertThat(send(author, "publish", "camera.assay", "", 1, mine).body())
        .contains("there is a file &#39;camera.assay&#39; already", "seen &lt;= 7");
    assertThat(site.text("camera.assay")).contains(text);
  }

  /** What this program cannot use is not in force here, and is what is published next. */
  @Test
  void aChangeThatIsNotInForceIsShownBeforeItIsOverwritten() {
    String text = site.file("camera", 1, "active");
    after(send("publish", "camera.assay", 0, text));
    String newer = text.replace("seen <= 0", "of_a_newer_version(seen)");
    site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", newer));
    String mine = text.replace("at once", "together");
    assertThat(send("publish", "camera.assay", 1, mine).body())
        .contains(
            "Generation 2 was published by ci meanwhile",
            "of_a_newer_version(seen)",
            "name=\"follows\" value=\"2\"")
        .doesNotContain("their change is in other files");
  }

  @Test
  void aFileIsRemovedWhenThatIsConfirmed() {
    String text = site.file("camera", 1, "active");
    after(send("publish", "camera.assay", 0, text));
    after(send(author, "publish", "lidar.assay", "", 1, site.file("lidar", 1, "active")));
    assertThat(author.get(EDIT + "?file=camera.assay").body()).contains("name=\"confirmed\"");
    assertThat(send("remove", "camera.assay", 2, text + "# typed\n").body())
        .contains("nothing was removed: the confirmation was not ticked", "# typed");
    assertThat(site.text("camera.assay")).contains(text);
    after(
        author.post(
            EDIT,
            Map.of(
                "does", "remove",
                "file", "camera.assay",
                "opened", "camera.assay",
                "follows", "2",
                "confirmed", "yes",
                "text", text)));
    assertThat(site.text("camera.assay")).isEmpty();
    assertThat(site.text("lidar.assay")).isPresent();
  }

  @Test
  void whoIsOvertakenByAFolderIsToldWhereTheRulesAre() {
    String text = site.file("camera", 1, "active");
    after(send("publish", "camera.assay", 0, text));
    String theirs = text.replace("at once", "together");
    site.publish(RuleHome.FOLDER, "/srv/rules", true, new SourceFile("camera.assay", theirs));
    assertThat(send("publish", "camera.assay", 1, text + "# typed\n").body())
        .contains(
            "Nothing was published: since generation 2, published by ci,",
            "/srv/rules (Folder)",
            "What they changed in this file",
            "together",
            "# typed",
            "rules?home=web")
        .doesNotContain("value=\"publish\"");
    assertThat(site.text("camera.assay")).contains(theirs);
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
  void rulesOfAFolderAreBroughtHomeAsTheyStand() {
    String text = site.file("camera", 1, "active");
    site.publish(RuleHome.FOLDER, "/srv/rules", false, new SourceFile("camera.assay", text));
    String home = RULES + "/home";
    assertThat(author.get(RULES).body()).contains("action=\"" + home + "\"");
    assertThat(after(author.post(home, Map.of("follows", "1")))).contains("was not ticked");
    assertThat(author.post(home, Map.of("follows", "7", "confirmed", "yes")).body())
        .contains("there is no generation 7");
    assertThat(after(author.post(home, Map.of("follows", "1", "confirmed", "yes"))))
        .contains("Generation 2 is in force.", ">New file<", ">Edit<")
        .doesNotContain("action=\"" + home + "\"");
    assertThat(site.text("camera.assay")).contains(text);
    after(send("publish", "camera.assay", 2, text + "\n# typed\n"));
    assertThat(site.text("camera.assay")).contains(text + "\n# typed\n");
  }

  @Test
  void rulesOfAGitCheckoutAreTriedHereAndTakenThereAsAPatch() {
    String text = site.file("camera", 1, "shadow");
    site.publish(RuleHome.GIT, "/srv/rules", false, new SourceFile("camera.assay", text));
    String page = author.get(RULES).body();
    assertThat(page)
        .contains("/srv/rules", "0123456789", "shadow", "/p/default/rules/home", ">Try a change<")
        .doesNotContain(">New file<", ">Edit<");
    assertThat(author.get(EDIT + "?file=camera.assay").body())
        .contains("rules?home=web", "/rules/patch", "/backtests")
        .doesNotContain("value=\"publish\"", "value=\"remove\"");
    String typed = text + "\n# typed\n";
    assertThat(send("check", "camera.assay", 1, typed).body())
        .contains("All rules hold together", "# typed");
    assertThat(send("publish", "camera.assay", 1, typed).body())
        .contains("# typed", "rules?home=web");
    assertThat(site.text("camera.assay")).contains(text);

    HttpResponse<String> patch = patch("camera.assay", typed);
    assertThat(patch.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment", "camera.assay.patch");
    assertThat(patch.body())
        .startsWith("--- a/camera.assay\n+++ b/camera.assay\n@@ ")
        .contains("\n+# typed\n")
        .endsWith("\n");
    assertThat(patch("camera.assay", text).body())
        .contains("Nothing differs from camera.assay of generation 1");
  }

  private HttpResponse<String> patch(String file, String text) {
    return author.post(
        RULES + "/patch", Map.of("file", file, "opened", file, "follows", "1", "text", text));
  }

  @Test
  void whatDoesNotJudgeStandsFirstWithTheReason() throws InterruptedException {
    String text = site.file("camera", 3, "active");
    long generation = site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", text));
    site.use(
        generation,
        Map.of("camera_002", "it takes 9.0 ms of CPU time an event"),
        Map.of("camera_001", "division by <zero>"));
    BrowsingClient viewer = site.member("a-viewer", Role.VIEWER);
    String page = viewer.get(RULES).body();
    // Alerts ask as well, and an answer is kept for two seconds.
    for (int i = 0; i < 20 && !page.contains("SUSPENDED"); i++) {
      Thread.sleep(500);
      page = viewer.get(RULES).body();
    }
    assertThat(page)
        .contains(
            "3 assertions, 2 do not judge as they should",
            "SUSPENDED",
            "it takes 9.0 ms",
            "division by &lt;zero&gt;",
            "As the processors told at")
        .doesNotContain(">Edit<", ">New file<");
    assertThat(page.indexOf("camera_002")).isLessThan(page.indexOf("camera_000"));
  }
}
