package io.assay.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.review.Standing.Status;
import io.assay.web.review.Verdict.CorrectionAnswer;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What follows from verdicts, on a real database. */
class VerdictsTest {
  private static final Optional<String> V9 = Optional.of("v9");
  private static ReviewTables tables;
  private static Verdicts verdicts;
  private static ReviewQueue queue;

  @BeforeAll
  static void open() {
    tables = new ReviewTables(List.of());
    verdicts = tables.bean(Verdicts.class);
    queue = tables.bean(ReviewQueue.class);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @BeforeEach
  void empty() {
    tables.execute("TRUNCATE label_item, label_verdict, label_lease, label_known, audit");
  }

  @Test
  void whatTwoKnowIsKnownUntilBothTakeItBack() {
    tables.item("a", "flicker", 1);
    tables.item("b", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR, V9);
    tables.say("bob", "b", Finding.ERROR, V9);
    verdicts.undo("default", "b", "bob");
    assertThat(known()).containsExactly("flicker k v9");
    verdicts.undo("default", "a", "ann");
    assertThat(known()).isEmpty();
  }

  @Test
  void aVerdictThatTakesAnothersPlaceTakesItsKnownVersionToo() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR, V9);
    tables.say("ann", "a", Finding.ERROR, Optional.of("v10"));
    assertThat(known()).containsExactly("flicker k v10");
    tables.say("ann", "a", Finding.NO_ERROR);
    assertThat(known()).isEmpty();
  }

  @Test
  void whatIsNotProposedIsNeitherAcceptedNorRejected() {
    tables.item("a", "flicker", 1);
    for (CorrectionAnswer answer : CorrectionAnswer.values()) {
      boolean isEdited = answer == CorrectionAnswer.EDITED;
      var said =
          new Verdicts.Said(
              Finding.ERROR,
              Optional.of(answer),
              isEdited ? Optional.of("{\"e\":{}}") : Optional.empty(),
              "because",
              "",
              Optional.empty(),
              false);
      var given = assertThatCode(() -> verdicts.give("default", "a", "ann", said));
      if (isEdited) {
        given.doesNotThrowAnyException();
      } else {
        given.isInstanceOf(Refused.class).hasMessageContaining("no correction is proposed here");
      }
    }
    tables.execute("UPDATE label_item SET correction = 'remove'");
    var accepted =
        new Verdicts.Said(
            Finding.ERROR,
            Optional.of(CorrectionAnswer.ACCEPTED),
            Optional.empty(),
            "",
            "",
            Optional.empty(),
            false);
    assertThat(verdicts.give("default", "a", "ann", accepted).status()).isEqualTo(Status.AGREED);
  }

  @Test
  void whoIsGivenAKnownItemSeesItAsAnyOther() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR);
    verdicts.gold("default", "a", "eve", Optional.of(Finding.ERROR));
    assertThat(queue.waiting("default", Status.OPEN, "", "bob", Optional.empty(), 9))
        .extracting(ReviewItem::id, ReviewItem::status)
        .containsExactly(tuple("a", Status.OPEN));
    assertThat(queue.waiting("default", Status.SETTLED, "", "bob", Optional.empty(), 9)).isEmpty();
    assertThat(queue.waiting("default", Status.SETTLED, "", "", Optional.empty(), 9)).hasSize(1);
    assertThat(queue.seenBy("default", "a", "bob", false).orElseThrow().status())
        .as("before it is given")
        .isEqualTo(Status.OPEN);
    tables.execute(
        "INSERT INTO label_round (project, number, opened, opened_by, seed, plan)"
            + " VALUES ('default', 7, now(), 'eve', 1, '{}')");
    for (int i = 1; i <= KnownAnswers.EVERY; i++) {
      tables.item("other-" + i, "flicker", 1);
    }
    int given = 0;
    while (!"a".equals(tables.take("bob").orElseThrow())) {
      given++;
      assertThat(given).isLessThan(KnownAnswers.EVERY);
      tables.say("bob", tables.take("bob").orElseThrow(), Finding.ERROR);
    }
    assertThat(queue.seenBy("default", "a", "bob", false))
        .hasValueSatisfying(
            item -> {
              assertThat(item.status()).isEqualTo(Status.OPEN);
              assertThat(item.finding()).isEmpty();
              assertThat(item.said()).isZero();
              assertThat(item.round()).as("not that of long ago").isEqualTo(7);
            });
    tables.pass(Duration.ofHours(1));
    assertThat(queue.seenBy("default", "a", "bob", false).orElseThrow().status())
        .as("however long one looks")
        .isEqualTo(Status.OPEN);
    assertThat(queue.seenBy("default", "a", "eve", true).orElseThrow().finding())
        .hasValue(Finding.ERROR);
    tables.say("bob", "a", Finding.NO_ERROR);
    assertThat(queue.seenBy("default", "a", "bob", false).orElseThrow().finding())
        .hasValue(Finding.ERROR);
  }

  /** So that nobody waits for it by counting. */
  @Test
  void whenAKnownItemComesDiffersFromPersonToPersonAndFromTwentyToTwenty() {
    var places = new TreeSet<Integer>();
    for (int reviewer = 0; reviewer < 40; reviewer++) {
      for (int twenty = 0; twenty < 5; twenty++) {
        places.add(place("secret", "r" + reviewer, twenty));
      }
    }
    assertThat(places).hasSizeGreaterThan(15);
  }

  /** Whoever knows how it is worked out lacks what is stored of them. */
  @Test
  void whenAKnownItemComesIsTheSameInEveryProcessAndAnotherWithAnotherSecret() {
    var places = new TreeSet<Integer>();
    for (int secret = 0; secret < 100; secret++) {
      places.add(place("secret " + secret, "bob", 3));
    }
    assertThat(places).hasSizeGreaterThan(15);

    tables.item("known", "flicker", 1);
    tables.say("ann", "known", Finding.ERROR);
    verdicts.gold("default", "known", "eve", Optional.of(Finding.ERROR));
    tables.execute("INSERT INTO account (name, password) VALUES ('bob', '{bcrypt}salted')");
    for (int i = 0; i <= KnownAnswers.EVERY; i++) {
      tables.item("other-" + i, "flicker", 1);
    }
    var clock = tables.bean(Clock.class);
    var jdbc = tables.bean(JdbcClient.class);
    while (true) {
      Optional<String> here =
          tables.bean(ReviewQueue.class).upcoming("default", "bob", "").map(ReviewItem::id);
      assertThat(new ReviewQueue(jdbc, clock).upcoming("default", "bob", "").map(ReviewItem::id))
          .isEqualTo(here);
      String next = tables.take("bob").orElseThrow();
      tables.say("bob", next, Finding.ERROR);
      if (next.equals("known")) {
        break;
      }
    }
  }

  /** The place of the one that is due among a twenty. */
  private static int place(String secret, String reviewer, int twenty) {
    List<Integer> due =
        IntStream.range(0, KnownAnswers.EVERY)
            .filter(
                i ->
                    KnownAnswers.isDue(
                        secret, "default", reviewer, (long) KnownAnswers.EVERY * twenty + i))
            .boxed()
            .toList();
    assertThat(due).hasSize(1);
    return due.getFirst();
  }

  @Test
  void whoIsWrongAboutAKnownItemDisputesNothing() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.NO_ERROR);
    verdicts.gold("default", "a", "eve", Optional.of(Finding.ERROR));
    tables.say("bob", "a", Finding.UNCLEAR);
    assertThat(tables.column("SELECT status || ' ' || finding || said FROM label_item"))
        .containsExactly("SETTLED ERROR2");
    verdicts.gold("default", "a", "eve", Optional.empty());
    assertThat(tables.column("SELECT status FROM label_item")).containsExactly("DISPUTED");
  }

  @Test
  void viewersSeeNoPrivateLabelOfWhatIsDisputed() {
    tables.item("a", "flicker", 1);
    tables.execute("UPDATE label_item SET label = U&'\\2063Jane\\2063 left'");
    ReviewItem item = queue.one("default", "a").orElseThrow();
    assertThat(ReviewPages.Disputed.of(item, false).label()).isEqualTo("••• left");
    assertThat(ReviewPages.Disputed.of(item, true).label()).isEqualTo("Jane left");
  }

  private static List<String> known() {
    return tables.column("SELECT assertion || ' ' || key || ' ' || version FROM label_known");
  }
}
