package io.assay.web.review;

import static io.assay.web.review.ReviewSite.REVIEW;
import static io.assay.web.review.ReviewSite.ROUNDS;
import static io.assay.web.review.ReviewSite.ask;
import static io.assay.web.review.ReviewSite.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * A round of labels from the first flag to the proof, over HTTP, with a real database and broker;
 * one story in one class, since these take seconds to start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewApiTest {
  private static final Map<String, String> ERROR = Map.of("finding", "error");
  private static final Map<String, String> NO_ERROR = Map.of("finding", "no-error");
  private static ReviewSite site;
  private static BrowsingClient author;
  private static BrowsingClient ann;
  private static BrowsingClient bob;

  @BeforeAll
  static void start() throws Exception {
    // Else a round may have opened by itself before the first test asks for one.
    site = new ReviewSite(Map.of("assay.labels.look-every", "1h"));
    author = site.member("author", Role.AUTHOR);
    ann = site.member("ann", Role.REVIEWER);
    bob = site.member("bob", Role.REVIEWER);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  @Order(1)
  void aRoundProposesEpisodesOfActiveAssertionsOnceEach() {
    JsonNode round = ask(author, "POST", ROUNDS + "?budget=12", "", 200);
    assertThat(round.path("number").asInt()).isEqualTo(1);
    assertThat(round.path("items").asInt()).isEqualTo(12);
    assertThat(round.path("chosen").asString()).isEqualTo("bandit: 9; at random: 3");
    ask(author, "POST", ROUNDS, "", 409);
    ask(ann, "POST", ROUNDS, "", 403);
    assertThat(site.column("SELECT DISTINCT assertion FROM label_item ORDER BY 1"))
        .containsExactly("", "appear", "flicker");
    assertThat(site.column("SELECT DISTINCT around::text FROM label_item WHERE event IS NULL"))
        .containsExactly("5");
    assertThat(
            site.column(
                "SELECT count(*) FROM label_item i JOIN violation v ON v.project = i.project AND"
                    + " v.day = i.day AND v.id = i.violation AND v.assertion = i.assertion"))
        .containsExactly("9");
    JsonNode arms = get(ann, ROUNDS + "/1/arms");
    long drawn = 0;
    for (JsonNode arm : arms.path("items")) {
      drawn += arm.path("items").asLong();
    }
    assertThat(drawn).isEqualTo(12);
    assertThat(arms.path("curve").path(0).path("round").asInt()).isEqualTo(1);
    assertThat(get(ann, ROUNDS).path("items").size()).isEqualTo(1);
    ask(ann, "GET", ROUNDS + "/99/arms", "", 404);
    JsonNode first = get(ann, REVIEW + "/items?limit=5");
    JsonNode second = get(ann, REVIEW + "/items?limit=50&after=" + first.path("next").asString());
    List<String> ids = new ArrayList<>();
    first.path("items").forEach(item -> ids.add(item.path("id").asString()));
    second.path("items").forEach(item -> ids.add(item.path("id").asString()));
    assertThat(ids).hasSize(12).doesNotHaveDuplicates();
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  @Order(2)
  void whatOneLooksAtNobodyElseIsGiven() {
    String first = take(ann);
    assertThat(take(ann)).as("the same while nothing is said of it").isEqualTo(first);
    String other = take(bob);
    assertThat(other).isNotEqualTo(first);
    ask(ann, "POST", REVIEW + "/items/" + first + "/skip", "", 204);
    String next = take(ann);
    assertThat(next).isNotIn(first, other);
    ask(bob, "POST", REVIEW + "/items/" + other + "/skip", "", 204);
    assertThat(take(bob)).as("what another skipped is free").isEqualTo(first);
    site.execute("DELETE FROM label_lease");
  }

  @Test
  @Order(3)
  void verdictsAreCheckedAndNothingIsSaidTwice() {
    String item = take(ann);
    String path = REVIEW + "/items/" + item + "/verdict";
    assertProblem(ask(ann, "POST", path, Map.of(), 400), "a verdict needs finding");
    assertProblem(
        ask(ann, "POST", path, Map.of("finding", "wrong"), 400),
        "finding needs error, no-error, unclear, got 'wrong'");
    assertProblem(
        ask(ann, "POST", path, Map.of("findings", "error"), 400), "a verdict has no 'findings'");
    assertProblem(
        ask(ann, "POST", path, Map.of("finding", "error", "correction", "rejected"), 400),
        "a rejected correction needs a reason");
    assertProblem(
        ask(ann, "POST", path, Map.of("finding", "no-error", "correction", "accepted"), 400),
        "where there is no error there is nothing to correct");
    assertProblem(
        ask(ann, "POST", path, Map.of("finding", "error", "correction", "edited"), 400),
        "edited goes with correction edited");
    assertProblem(
        ask(ann, "POST", path, Map.of("finding", "error", "reason", "a\u0000"), 400),
        "reason has the character U+0000");
    ask(ann, "POST", REVIEW + "/next?assertion=%00", "", 400);
    ask(ann, "POST", REVIEW + "/items/nothing/verdict", ERROR, 404);
    JsonNode said = ask(ann, "POST", path, ERROR, 200);
    assertThat(said.at("/item/status").asString()).isEqualTo("agreed");
    assertThat(said.at("/item/finding").asString()).isEqualTo("error");
    JsonNode changed = ask(ann, "POST", path, NO_ERROR, 200);
    assertThat(changed.at("/item/finding").asString()).isEqualTo("no-error");
    assertThat(changed.path("verdicts").size()).as("the first stays, undone").isEqualTo(2);
    JsonNode undone = ask(ann, "POST", REVIEW + "/items/" + item + "/undo", "", 200);
    assertThat(undone.at("/item/status").asString()).isEqualTo("open");
    ask(ann, "POST", REVIEW + "/items/" + item + "/undo", "", 409);
    assertThat(site.column("SELECT action FROM audit WHERE subject = '" + item + "' ORDER BY id"))
        .containsExactly("label.given", "label.given", "label.undone");
  }

  @Test
  @Order(4)
  void twoReviewersWhoDisagreeAreSettledByAnAuthor() {
    String item = take(ann);
    String path = REVIEW + "/items/" + item;
    ask(author, "PUT", path + "/needed?reviewers=2", "", 200);
    JsonNode open = ask(ann, "POST", path + "/verdict", ERROR, 200);
    assertThat(open.at("/item/status").asString()).isEqualTo("open");
    assertThat(open.path("verdicts").size()).as("not to be led by others").isZero();
    JsonNode disputed = ask(bob, "POST", path + "/verdict", NO_ERROR, 200);
    assertThat(disputed.at("/item/status").asString()).isEqualTo("disputed");
    ask(bob, "POST", path + "/settle", ERROR, 403);
    JsonNode settled = ask(author, "POST", path + "/settle", ERROR, 200);
    assertThat(settled.at("/item/status").asString()).isEqualTo("settled");
    assertThat(settled.at("/item/finding").asString()).isEqualTo("error");
    ask(author, "PUT", path + "/gold?finding=error", "", 200);
    JsonNode figures = get(ann, REVIEW + "/figures");
    JsonNode reviewers = figures.path("reviewers");
    assertThat(reviewers.path(0).path("name").asString()).isEqualTo("ann");
    assertThat(reviewers.path(0).path("right").asInt()).isEqualTo(1);
    assertThat(reviewers.path(1).path("right").asInt()).isEqualTo(0);
    assertThat(reviewers.path(1).path("known").asInt()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void twoWhoActAtOnceLoseNothing() throws Exception {
    List<String> ids = new ArrayList<>();
    get(ann, REVIEW + "/items?limit=8")
        .path("items")
        .forEach(i -> ids.add(i.path("id").asString()));
    List<Callable<Integer>> all = new ArrayList<>();
    for (String id : ids) {
      for (BrowsingClient who : List.of(ann, bob)) {
        all.add(
            () ->
                who.send(
                        "POST",
                        REVIEW + "/items/" + id + "/verdict",
                        Map.of(),
                        "{\"finding\":\"error\"}")
                    .statusCode());
      }
    }
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> answer : pool.invokeAll(all)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(
            site.column(
                "SELECT count(*) FROM label_verdict WHERE undone IS NULL AND item IN ('"
                    + String.join("', '", ids)
                    + "')"))
        .containsExactly("16");
    assertThat(
            site.column(
                "SELECT DISTINCT status || said FROM label_item WHERE id IN ('"
                    + String.join("', '", ids)
                    + "')"))
        .containsExactly("AGREED2");
  }

  @Test
  @Order(6)
  void twoReviewersAtOnceAreGivenDifferentItems() throws Exception {
    site.execute(
        "UPDATE label_item SET status = 'OPEN', finding = NULL, said = 0, gold = NULL, needed = 1");
    site.execute("UPDATE label_verdict SET undone = now()");
    Set<String> taken = new HashSet<>();
    List<Callable<String>> both = List.of(() -> take(ann), () -> take(bob));
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (Future<String> one : pool.invokeAll(both)) {
        taken.add(one.get());
      }
    }
    assertThat(taken).hasSize(2);
  }

  @Test
  @Order(7)
  void guidelinesAreShownWithTheItem() {
    ask(ann, "PUT", REVIEW + "/guidelines/flicker", Map.of("text", "x"), 403);
    ask(author, "PUT", REVIEW + "/guidelines/flicker", Map.of("text", "Look at the gap."), 200);
    ask(author, "PUT", REVIEW + "/guidelines/appear", Map.of("text", "Look at the gap."), 200);
    JsonNode item = ask(ann, "POST", REVIEW + "/next", "", 200);
    assertThat(item.path("guideline").asString()).isEqualTo("Look at the gap.");
    assertThat(get(ann, REVIEW + "/guidelines").size()).isEqualTo(2);
  }

  @Test
  @Order(8)
  void whatIsReviewedSaysHowRightAssertionsAre() {
    List<String> flickers =
        site.column("SELECT id FROM label_item WHERE assertion = 'flicker' ORDER BY id");
    for (int i = 0; i < flickers.size(); i++) {
      ask(
          ann,
          "POST",
          REVIEW + "/items/" + flickers.get(i) + "/verdict",
          i == 0 ? NO_ERROR : ERROR,
          200);
    }
    JsonNode flicker = get(ann, REVIEW + "/figures").path("assertions").path(0);
    assertThat(flicker.path("assertion").asString()).isEqualTo("flicker");
    assertThat(flicker.path("wrong").asInt()).isEqualTo(1);
    assertThat(flicker.path("right").asInt()).isEqualTo(flickers.size() - 1);
    assertThat(flicker.path("precision").asDouble())
        .as("the mean of Jeffreys' posterior")
        .isCloseTo((flickers.size() - 0.5) / (flickers.size() + 1.0), within(1e-12));
    assertThat(flicker.path("low").asDouble()).isLessThan(flicker.path("precision").asDouble());
  }

  @Test
  @Order(9)
  void aCorrectionIsEditedOnThePage() {
    String flicker =
        site.column("SELECT min(id) FROM label_item WHERE assertion = 'flicker'").getFirst();
    site.execute(
        "UPDATE violation v SET evidence = jsonb_set(evidence::jsonb, '{corrections}',"
            + " '[{\"id\": \"e\", \"actions\": [\"set\"], \"fields\": {\"boxes\": []}}]')::json"
            + " FROM label_item i WHERE v.id = i.violation AND i.id = '"
            + flicker
            + "'");
    site.execute("UPDATE label_item SET correction = 'set' WHERE id = '" + flicker + "'");
    String page = "/p/default/review/items/" + flicker;
    assertThat(ann.get(page).body())
        .contains("data-key=\"a\"", "data-key=\"e\"", "data-key=\"r\"", "&quot;boxes&quot;");
    var form = Map.of("finding", "error", "correction", "edited", "edited", "{\"a\": ");
    assertThat(ann.post(page, form).headers().firstValue("Location").orElseThrow())
        .as("back to the item")
        .endsWith(page);
    assertThat(ann.get(page).body()).contains("edited needs JSON", "{&quot;a&quot;: ");
    ann.post(page, Map.of("finding", "error", "correction", "edited", "edited", "{\"a\":{}}"));
    assertThat(
            site.column(
                "SELECT edited::text FROM label_verdict WHERE undone IS NULL AND item = '"
                    + flicker
                    + "'"))
        .containsExactly("{\"a\":{}}");
    ask(ann, "POST", REVIEW + "/items/" + flicker + "/verdict", NO_ERROR, 200);
  }

  @Test
  @Order(10)
  void eventsAtRandomSayWhatRulesMiss() {
    List<String> events =
        site.column("SELECT id FROM label_item WHERE event IS NOT NULL ORDER BY id");
    assertThat(events).hasSize(3);
    JsonNode event = get(ann, REVIEW + "/items/" + events.getFirst()).path("event");
    assertThat(event.at("/fields/boxes").isArray()).isTrue();
    site.execute(
        "UPDATE label_item SET at = (SELECT began FROM episode WHERE mode = 'ACTIVE' AND key ="
            + " label_item.key LIMIT 1) WHERE id = '"
            + events.get(2)
            + "'");
    site.execute(
        "UPDATE label_item SET at = at - interval '1 day' WHERE id IN ('%s', '%s')"
            .formatted(events.get(0), events.get(1)));
    // An episode that reaches over the second, of which no violation does.
    site.execute(
        "INSERT INTO episode SELECT (jsonb_populate_record(NULL::episode, to_jsonb(e) ||"
            + " jsonb_build_object('id', 'long', 'opened', i.at - interval '1 hour', 'began', i.at"
            + " - interval '1 hour', 'lasts', i.at + interval '1 hour', 'ended', i.at + interval '1"
            + " hour'))).* FROM label_item i JOIN LATERAL (SELECT * FROM episode WHERE mode ="
            + " 'ACTIVE' AND key = i.key LIMIT 1) e ON true WHERE i.id = '"
            + events.get(1)
            + "'");
    ask(ann, "POST", REVIEW + "/items/" + events.get(0) + "/verdict", ERROR, 200);
    ask(ann, "POST", REVIEW + "/items/" + events.get(1) + "/verdict", NO_ERROR, 200);
    ask(ann, "POST", REVIEW + "/items/" + events.get(2) + "/verdict", ERROR, 200);
    JsonNode random = get(ann, REVIEW + "/figures").path("random");
    assertThat(random.path("reviewed").asInt()).isEqualTo(3);
    assertThat(random.path("errors").asInt()).isEqualTo(2);
    assertThat(random.path("unflagged").asInt()).isEqualTo(2);
    assertThat(random.path("missed").asInt()).isEqualTo(1);
    assertThat(random.path("missedRate").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(random.path("recall").asDouble()).isBetween(0.2, 0.9);
    assertThat(ann.get("/p/default/review").body()).contains("Of 2 random events");
    assertThat(ann.get("/p/default/review/items/" + events.getFirst()).body())
        .contains("Drawn at random, flagged or not", "class=\"box");
  }

  @Test
  @Order(11)
  void aRoundIsClosedAndOverWhenAModelHasLearnedFromIt() {
    ask(author, "POST", ROUNDS + "/1/trained?version=v9", "", 409);
    JsonNode closed = ask(author, "POST", ROUNDS + "/1/close?why=enough", "", 200);
    assertThat(closed.path("closedWhy").asString()).isEqualTo("enough");
    long said =
        Long.parseLong(site.column("SELECT count(DISTINCT item) FROM label_verdict").getFirst());
    assertThat(closed.path("items").asLong())
        .as("what nobody looked at is free again")
        .isEqualTo(said);
    assertThat(get(ann, ROUNDS + "/1/proof").path("changes").size()).isZero();
    site.execute(
        "INSERT INTO count_minute SELECT project, assertion, expectation, stream,"
            + " date_trunc('minute', now()) + interval '1 hour', 99, 1, seen, passed, judged,"
            + " judged, 0, 0, 0 FROM count_minute WHERE assertion = 'flicker' ON CONFLICT DO"
            + " NOTHING");
    site.execute(
        "INSERT INTO count_hour SELECT project, date_trunc('hour', minute, 'UTC'), assertion,"
            + " expectation, stream, sum(seen), sum(passed), sum(judged), sum(held), sum(violated),"
            + " sum(undecided), sum(late) FROM count_minute WHERE source_partition = 99 GROUP BY 1,"
            + " 2, 3, 4, 5 ON CONFLICT DO NOTHING");
    ask(author, "POST", ROUNDS + "/1/trained?version=v9", "", 200);
    JsonNode proof = get(ann, ROUNDS + "/1/proof");
    assertThat(proof.path("version").asString()).isEqualTo("v9");
    assertThat(get(ann, ROUNDS + "/1/proof")).as("as it was added up").isEqualTo(proof);
    JsonNode flicker = proof.path("changes").path(0);
    assertThat(flicker.path("assertion").asString()).isEqualTo("flicker");
    assertThat(flicker.path("ofRound").asBoolean()).isTrue();
    assertThat(flicker.path("after").asDouble()).isZero();
    assertThat(flicker.path("difference").asDouble()).isNegative();
    JsonNode next = ask(author, "POST", ROUNDS + "?budget=5", "", 200);
    assertThat(next.path("number").asInt()).isEqualTo(2);
    assertThat(site.column("SELECT count(*) FROM label_item WHERE round = 2").getFirst())
        .isEqualTo(next.path("items").asString());
    String page = "/p/default/review/rounds";
    assertThat(author.get(page).body())
        .contains("Round 1", "<b>v9</b>", "round=1&amp;format=coco", "flicker", "Close the round")
        .contains(
            "Errors found by labels spent", "Arm", "each assertion alike", "were not disputed")
        .as("in the frame that all pages have")
        .contains("action=\"/logout\"", ">author<");
    author.post(page + "/2/close", Map.of());
    assertThat(author.get(page).body()).contains("waits for a model", "Declare");
    assertThat(author.post(page + "/2/close", Map.of()).headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith(page));
    assertThat(author.get(page).body()).contains("round 2 is closed");
    assertThat(ann.get(page).body()).contains("waits for a model").doesNotContain("Declare");
  }

  private static String take(BrowsingClient who) {
    JsonNode taken = ask(who, "POST", REVIEW + "/next", "", 200);
    return taken.at("/item/id").asString();
  }

  private static void assertProblem(JsonNode problem, String detail) {
    assertThat(problem.path("detail").asString()).contains(detail);
  }
}
