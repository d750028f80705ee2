package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.rule.ir.Windowing.Least;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.rule.ir.Windowing.Unit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCheckerTest {
  private static final CheckedText LOANS =
      new CheckedText(
          """
          model scorer
          stream loans from topic "t" {
            model scorer version version
            id application string
            key applicant string
            time at timestamp(millis)
            region string
            age int
            risk ratio
            scores list<double>
            boxes list { label string score ratio }
            features { income double? purpose string? }
            impute features every 6h from last 50000 events
            truth defaulted bool from topic "o" within 90d
            slice young = age < 30
          }
          """,
          "loans");
  private static final String HOUR = "window tumbling 1h ";

  @Test
  void aStatisticIsLiftedAndItsConditionIsPlain() {
    CheckedAssertion mix = LOANS.assertion(HOUR + "expect mean(risk < 0.5) * 2 <= 0.5");
    Statistic mean = windowing(mix).statistics().getFirst();
    assertThat(mean.overload()).isEqualTo("share_over_bool");
    assertThat(mean.terms())
        .singleElement()
        .isInstanceOfSatisfying(
            Term.Call.class, call -> assertThat(call.overload()).isEqualTo("less_double"));
    Kind.Expectation line = line(mix);
    assertThat(line.window()).contains(new Window.Tumbling(3_600_000_000_000L));
    assertThat(Subterms.reads(line.condition())).containsExactly(mean.local());
    assertThat(mix.reads()).containsExactly("risk");
  }

  @Test
  void whatIsAskedTwiceIsWorkedOutOnce() {
    CheckedAssertion twice =
        LOANS.assertion(
            HOUR + "let m = mean(risk) expect m < 0.5 expect mean(risk) > 0.1 severity mean(risk)");
    assertThat(windowing(twice).statistics()).hasSize(1);
  }

  @Test
  void aLetIsOfTheEventOrOfTheWindow() {
    CheckedAssertion mix =
        LOANS.assertion(HOUR + "let high = risk >= 0.5 let part = share(high) expect part < 0.2");
    assertThat(mix.lets()).extracting(let -> let.local().name()).containsExactly("high");
    assertThat(windowing(mix).lets()).extracting(let -> let.local().name()).containsExactly("part");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tumbling 1h                | Tumbling",
        "hopping 5min every 1min    | Hopping",
        "session 30s                | Session",
        "last 200 events            | Last"
      })
  void windowsAreOfFourKinds(String spec, String kind) {
    CheckedAssertion a = LOANS.assertion("window " + spec + " expect count < 5");
    assertThat(line(a).window().orElseThrow().getClass().getSimpleName()).isEqualTo(kind);
    assertThat(windowing(a).count()).map(Local::name).contains("count");
  }

  @Test
  void windowsAreCutByFieldsSlicesAndTheKey() {
    CheckedAssertion cut =
        LOANS.assertion(
            "by region, young, key " + HOUR + "expect mean(risk) < 1 explain \"{region}\"");
    assertThat(windowing(cut).segments())
        .extracting(Windowing.Segment::name)
        .containsExactly("region", "young", "key");
    assertThat(LOANS.message("by risk " + HOUR + "expect mean(risk) < 1"))
        .contains("'risk' is a ratio");
    assertThat(LOANS.message("by regio " + HOUR + "expect mean(risk) < 1"))
        .contains("unknown name 'regio'");
    assertThat(LOANS.message("by region expect risk < 1.0"))
        .contains("this assertion has no window");
  }

  @Test
  void acrossSegmentsTheirValuesAreCompared() {
    CheckedAssertion mix =
        LOANS.assertion(
            "by region " + HOUR + "expect across region: min(mean(risk)) / max(mean(risk)) >= 80%");
    assertThat(line(mix).across()).contains("region");
    assertThat(windowing(mix).statistics()).hasSize(1);
    assertThat(windowing(mix).across())
        .extracting(Windowing.Across::overload)
        .containsExactly("min_list", "max_list");
    assertThat(LOANS.message(HOUR + "expect across region: min(mean(risk)) > 0.1"))
        .contains("nothing cuts the windows");
    assertThat(LOANS.message("by young " + HOUR + "expect across region: min(mean(risk)) > 0.1"))
        .contains("not cut by 'region'");
    assertThat(LOANS.message("by region " + HOUR + "expect across region: mean(risk) > 0.1"))
        .contains("compares all values of 'region'");
    assertThat(LOANS.message("by region " + HOUR + "expect min(mean(risk)) > 0.1"))
        .contains("is of the whole window already");
    assertThat(LOANS.message("expect across region: risk > 0.1")).contains("there is no window");
  }

  @Test
  void baselinesAreTimesWindowsFilesAndVersions() {
    String text = "expect psi(risk, baseline(%s)) < 0.2";
    assertThat(baseline(text.formatted("last 7d")))
        .isEqualTo(new Baseline.Last(7 * 86_400_000_000_000L));
    assertThat(baseline(text.formatted("\"2026-06\""))).isEqualTo(new Baseline.Pinned("2026-06"));
    assertThat(baseline(text.formatted("\"may.jsonl\""))).isEqualTo(new Baseline.File("may.jsonl"));
    assertThat(baseline(text.formatted("version(\"3\")"))).isEqualTo(new Baseline.Version("3"));
    assertThat(LOANS.message(HOUR + "expect psi(risk, 0.2) < 0.2")).contains("needs a baseline");
    assertThat(LOANS.message(HOUR + "expect psi(risk) < 0.2")).contains("psi takes (");
    assertThat(LOANS.message(HOUR + "expect baseline(last 7d) < 0.2"))
        .contains("stands in a statistic only");
  }

  @Test
  void whatWindowsCannotGatherIsRefused() {
    assertThat(
            LOANS.message(
                "by region window session 1min expect across region: max(mean(risk)) < 1"))
        .contains("'across' compares segments whose windows end together");
    assertThat(
            LOANS.message(
                "let moved = psi(risk, baseline(last 7d)) window last 200 events expect moved <"
                    + " 0.2"))
        .contains("'baseline(last …)' is held against windows before it");
    assertThat(
            LOANS.message("window session 1min expect psi(risk, baseline(version(\"3\"))) < 0.2"))
        .contains("'baseline(version(…))'");
    assertThat(LOANS.message("window last 10001 events expect mean(risk) < 0.2"))
        .contains("needs at most 10000");
    assertThat(
            LOANS.assertion(
                HOUR
                    + "expect psi(risk, baseline(last 7d)) < 0.2"
                    + " expect ks(risk, baseline(\"may.jsonl\")) < 0.2 over last 200 events"))
        .isNotNull();
  }

  @Test
  void whatIsOfOneEventHasNoPlaceInAWindow() {
    assertThat(LOANS.message(HOUR + "expect risk < 0.5")).contains("'risk' is of one event");
    assertThat(LOANS.message(HOUR + "expect mean(risk) < 0.5 severity risk"))
        .contains("'risk' is of one event");
    assertThat(LOANS.message(HOUR + "expect mean(risk) < 0.5 explain \"{features.income}\""))
        .contains("'features.income' is of one event");
    assertThat(LOANS.message(HOUR + "expect features.income > mean(risk)"))
        .contains("'features.income' is of one event");
  }

  @Test
  void aStatisticNeedsAWindow() {
    assertThat(LOANS.message("expect psi(risk, baseline(last 7d)) < 0.2"))
        .contains("'psi' is over the events of a window");
    assertThat(LOANS.message("expect mean(risk) < 0.2")).contains("got (ratio)");
    assertThat(LOANS.assertion("expect mean(scores) < 0.2").context().windowing()).isEmpty();
  }

  @Test
  void functionsOfListsAreStillOfTheEvent() {
    CheckedAssertion a =
        LOANS.assertion(HOUR + "expect max(mean(scores)) < 0.5 && min(count, 3) > 1");
    assertThat(windowing(a).statistics())
        .singleElement()
        .satisfies(s -> assertThat(s.overload()).isEqualTo("max_over_double"));
    assertThat(LOANS.message(HOUR + "expect boxes.map(b, share(b.score > 0.5)) == [0.5]"))
        .contains("cannot be inside of a macro");
  }

  @Test
  void aLineMayHaveAWindowOfItsOwn() {
    CheckedAssertion sane =
        LOANS.assertion(
            "expect age: age in 18 .. 110 "
                + "for f in features expect missing(f) < 5% over tumbling 1h severity age");
    Kind.Expect kind = (Kind.Expect) sane.kind();
    assertThat(kind.expectations())
        .extracting(Kind.Expectation::name)
        .containsExactly(
            Optional.of("age"), Optional.of("features.income"), Optional.of("features.purpose"));
    assertThat(kind.expectations())
        .extracting(e -> e.window().isPresent())
        .containsExactly(false, true, true);
    assertThat(LOANS.message("let m = mean(risk) expect m < 0.5 over tumbling 1h expect m < 0.6"))
        .contains("the line has none");
  }

  @Test
  void forExpandsToALineForEachFieldAndSaysWhichIsWrong() {
    assertThat(LOANS.message("for f in features expect mean(f) < 5.0 over tumbling 1h"))
        .startsWith("for 'purpose': mean takes")
        .contains("got (string)");
    assertThat(LOANS.message("for f in feature expect missing(f) < 5% over tumbling 1h"))
        .contains("'for' goes over a group of fields");
    assertThat(
            LOANS.message("for f in features expect f == null for g in features expect g == null"))
        .contains("called 'features' already");
  }

  @Test
  void leastsCountWhatIsThere() {
    CheckedAssertion a =
        LOANS.assertion("window last 5min at least 10 events at least 3 truths expect count > 1");
    assertThat(windowing(a).leasts())
        .containsExactly(new Least(10, Unit.EVENTS), new Least(3, Unit.TRUTHS));
    assertThat(line(a).window()).contains(new Window.Last(new Bound.Time(300_000_000_000L)));
    assertThat(LOANS.message("window last 5min at least 10 pairs expect count > 1"))
        .contains("expected events or truths, got 'pairs'");
    assertThat(LOANS.message("window hopping 1min every 5min expect count > 1"))
        .contains("leave events out");
  }

  @Test
  void theTruthIsForWindows() {
    CheckedAssertion a =
        LOANS.assertion(
            HOUR + "expect auc(risk, truth) > 0.7 expect recall(risk > 0.5, defaulted) > 0.5");
    assertThat(a.context().truths())
        .extracting(awaited -> awaited.local().name())
        .containsExactly("truth", "defaulted");
    assertThat(a.context().truths().getFirst().truth().topic()).isEqualTo("o");
    assertThat(LOANS.message("expect truth == (risk > 0.5)")).contains("only windows wait for it");
  }

  @Test
  void imputedValuesAreNamesOfTheStreamsGroup() {
    CheckedAssertion a =
        LOANS.assertion(HOUR + "expect quantile(imputed.income.confidence, 0.1) >= 0.7");
    assertThat(a.reads()).contains("imputed.income.confidence");
    assertThat(windowing(a).statistics().getFirst().parameters())
        .extracting(Term.Constant::value)
        .containsExactly(0.1);
    assertThat(LOANS.message("expect imputed.incom.confidence > 0.5"))
        .contains("no field 'incom' is imputed");
    assertThat(LOANS.message("expect imputed.income.confidenc > 0.5"))
        .contains("has value, confidence and attention");
    assertThat(LOANS.message(HOUR + "expect quantile(risk, 1.5) > 0")).contains("lies in 0 .. 1");
  }

  @Test
  void versionsAreTwoRowsAndAFieldIsOfOneOfThem() {
    CheckedAssertion churn =
        LOANS.assertion(
            "compare version by application window tumbling 1h at least 500 pairs "
                + "expect share((old.risk >= 0.5) != (new.risk >= 0.5)) <= 2% explain \"{pairs}\"");
    assertThat(churn.context().versions().orElseThrow().older().name()).isEqualTo("old");
    assertThat(windowing(churn).count()).map(Local::name).contains("pairs");
    assertThat(windowing(churn).leasts()).containsExactly(new Least(500, Unit.PAIRS));
    assertThat(churn.reads()).containsExactlyInAnyOrder("application", "risk", "version");
    assertThat(LOANS.message("compare version by application expect risk == new.risk"))
        .contains("'risk' of which version?");
    assertThat(LOANS.message("compare version with previous expect old.risk == new.risk"))
        .contains("releases are of embeddings");
    assertThat(LOANS.message("compare risk by application expect old.risk == new.risk"))
        .contains("a version is a text");
  }

  @Test
  void sentencesAreNotInTheHashThoughTheirStatisticsAreKnown() {
    String text = HOUR + "expect mean(risk) < 0.5";
    String hash = LOANS.assertion(text).judgementHash();
    CheckedAssertion told =
        LOANS.assertion(text + " explain \"{max(risk)} of {distinct(region)}\"");
    assertThat(told.judgementHash()).isEqualTo(hash);
    assertThat(windowing(told).statistics())
        .extracting(Statistic::toldOnly)
        .containsExactly(false, true, true);
    assertThat(told.reads()).containsExactlyInAnyOrder("risk", "region");
    for (String changed :
        List.of(
            text.replace("1h", "2h"),
            "by region " + text,
            text.replace("mean", "max"),
            text.replace("1h", "1h at least 5 events"))) {
      assertThat(LOANS.assertion(changed).judgementHash()).as(changed).isNotEqualTo(hash);
    }
  }

  @Test
  void breachedIsOfWindowsAndNothingIsCorrectedInThem() {
    CheckedAssertion a =
        LOANS.assertion(HOUR + "expect mean(risk) < 0.5 alert when breached for 2 windows");
    assertThat(a.consequences().alerts()).hasSize(1);
    assertThat(LOANS.message(HOUR + "expect mean(risk) < 0.5 correct set region = \"x\""))
        .contains("nothing to correct");
  }

  @Test
  void aSeverityIsNotOfOneSegmentWhereAllAreCompared() {
    String across = "by region " + HOUR + "expect across region: max(mean(risk)) < 0.5 ";
    String refused = "the severity is of one segment, and 'across region' compares all";
    assertThat(LOANS.message(across + "severity mean(risk)")).contains(refused);
    assertThat(LOANS.message("let worst = max(risk) " + across + "severity worst * 2"))
        .contains(refused);
    assertThat(LOANS.message(across + "severity region == \"north\" ? 2 : 1")).contains(refused);
    assertThat(LOANS.assertion("let n = count " + across + "severity n")).isNotNull();
    assertThat(LOANS.assertion("by region " + HOUR + "expect mean(risk) < 0.5 severity mean(risk)"))
        .isNotNull();
  }

  @Test
  void aBaselineHasNotTooManyParts() {
    assertThat(LOANS.assertion(HOUR + "expect psi(risk, baseline(last 7h)) < 0.2")).isNotNull();
    assertThat(LOANS.assertion(HOUR + "expect psi(risk, baseline(last 90min)) < 0.2")).isNotNull();
    assertThat(LOANS.message(HOUR + "expect psi(risk, baseline(last 90000001ms)) < 0.2"))
        .contains("parts of 1ms: the baseline has 90000001, and may have 10080");
  }

  private static Baseline baseline(String line) {
    return windowing(LOANS.assertion(HOUR + line)).statistics().getFirst().baseline().orElseThrow();
  }

  private static Windowing windowing(CheckedAssertion assertion) {
    return assertion.context().windowing().orElseThrow();
  }

  private static Kind.Expectation line(CheckedAssertion assertion) {
    return ((Kind.Expect) assertion.kind()).expectations().getFirst();
  }
}
