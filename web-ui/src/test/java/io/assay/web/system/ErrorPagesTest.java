package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody reads who may not, or asks for what is not there. */
class ErrorPagesTest {
  private static Installation here;

  @BeforeAll
  static void start() {
    here = Installation.shared();
  }

  @Test
  void whoMayNotReadsWhichRoleItTakesAndWhoGivesIt() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    for (String page : List.of("members", "tokens", "projects", "audit", "retention", "erasure")) {
      assertThat(shown(viewer.get("/p/default/" + page), 403))
          .contains("Your role does not allow this")
          .contains("role of administrator in the project default; you are viewer")
          .containsPattern("Roles are given by: .*" + Installation.name(Role.ADMINISTRATOR))
          .contains("href=\"/p/default\"");
    }
    assertThat(shown(viewer.get("/p/default/backtests"), 403)).contains("role of author");
    assertThat(shown(viewer.post("/p/default/review/next", Map.of()), 403))
        .contains("role of reviewer");
    assertThat(shown(here.member(Role.REVIEWER).post("/p/default/review/rounds", Map.of()), 403))
        .contains("role of author in the project default; you are reviewer");
  }

  @Test
  void aFormOfAPageThatWasOpenForTooLongSaysSo() {
    BrowsingClient author = here.member(Role.AUTHOR);
    author.forgetToken();
    assertThat(shown(author.post("/p/default/review/rounds", Map.of()), 403))
        .contains("This page was open for too long", "reload the page")
        .doesNotContain("role");
  }

  /** As after a restart, or half an hour. */
  @Test
  void aFormWhoseSessionIsOverLeadsToTheLogin() {
    for (String form : List.of("/p/default/review/rounds", "/login", "/logout")) {
      HttpResponse<String> answer = here.anonymous().post(form, Map.of("name", "a"));
      assertThat(answer.statusCode()).as(form).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location").orElse(""))
          .as(form)
          .endsWith("/login?outdated");
    }
    assertThat(here.anonymous().get("/login?outdated").body()).contains("nothing was done");
  }

  @Test
  void whatIsNotThereIsToldToMembersByItsName() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    assertThat(shown(viewer.get("/p/default/assertions/unheard-of"), 404))
        .contains("At this address the project has nothing")
        .contains("href=\"/p/default\"");
    assertThat(shown(viewer.get("/p/default/rules/file?name=no.assay"), 404))
        .contains("there is no file &#39;no.assay&#39;");
    assertThat(shown(viewer.get("/p/default/unheard-of"), 404))
        .contains("At this address the project has nothing");
    String of = "a project that you are no member of";
    assertThat(shown(viewer.get("/p/other"), 404)).contains(of);
    assertThat(shown(viewer.get("/p/neither"), 404)).contains(of);
  }

  @Test
  void aSlashTooManyLeadsToThePageWithoutIt() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    for (String to :
        List.of(
            "/login",
            "/p/default",
            "/p/default/violations?stream=a%26b&sort=newest",
            "/p/default/assertions/no%20name",
            "/p/default/assertions.csv?range=7d",
            "/api/v1/openapi.json",
            "/api/v1/projects/default/violations?limit=3")) {
      String[] parts = to.split("\\?", 2);
      String query = parts.length > 1 ? "?" + parts[1] : "";
      for (BrowsingClient anybody : List.of(viewer, here.anonymous())) {
        HttpResponse<String> answer = anybody.get(parts[0] + "/" + query);
        assertThat(answer.statusCode()).as(to).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location")).as(to).contains(to);
      }
    }
    assertThat(viewer.get("/p/default/unheard-of/").statusCode()).isEqualTo(308);
    assertThat(here.anonymous().request("HEAD", "/p/default/").statusCode()).isEqualTo(308);
    // Never to another server.
    for (String away : List.of("//example.org/", "//example.org/p/default/", "/p//example.org/")) {
      HttpResponse<String> answer = here.anonymous().get(away);
      assertThat(answer.statusCode()).as(away).isEqualTo(400);
      assertThat(answer.headers().firstValue("Location")).as(away).isEmpty();
    }
  }

  /** Many clients do not follow what they send, and would see no error. */
  @Test
  void whatIsSentToASlashTooManyIsRefused() {
    BrowsingClient author = here.member(Role.AUTHOR);
    assertThat(shown(author.post("/p/default/review/rounds/", Map.of()), 404))
        .contains("At this address the project has nothing");
    String events = "/api/v1/projects/default/events/camera/";
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      HttpResponse<String> answer = author.send(method, events, "{}");
      assertThat(answer.statusCode()).as(method).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(method)
          .contains("application/problem+json");
      assertThat(answer.headers().firstValue("Location")).as(method).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadOfAnAddressIsNamed() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    assertThat(shown(viewer.get("/p/default/rules/diff?from=a&to=1"), 400))
        .contains("from needs a whole number, got &#39;a&#39;");
    assertThat(shown(viewer.get("/p/default/violations/yesterday/x"), 400))
        .contains(
            "day needs a day such as 2027-01-31, of the years 0001 to 9999, got"
                + " &#39;yesterday&#39;");
    assertThat(shown(viewer.get("/p/default/review/rules?precision=high"), 400))
        .contains("precision needs a number, got &#39;high&#39;");
  }

  private static String shown(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(status);
    assertThat(answer.body()).contains("<html").doesNotContain("Exception", "??");
    return answer.body();
  }
}
