package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Labels;
import java.io.FileNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about what people say, by the fields of what models say. */
class LabelsTest {
  private static final String CAMERA =
      """
      stream camera from topic "camera" {
        key    vehicle  string from car.name
        time   at       timestamp(seconds)
        size   1000 x 500
        boxes           list {
          track         string
          label         enum("car", "van") alike ("car", "van")
          score         ratio
          area          rect = normalised(centre(box))
        }
      }
      """;

  private static final String WEATHER =
      """
      stream weather from topic "weather" {
        key    place    string
        time   at       timestamp
        rain            bool
      }
      assertion dry on weather { expect !rain }
      """;

  private static final String LABELLED =
      """
      assertion seen on labels "nobody forgets a box in between" {
        each      b in boxes
        identity  b.track
        absent    less than 500ms
        explain   "{b.label} was not drawn for {gap}"
      }
      assertion sure on labels {
        each      b in boxes
        expect    b.score >= 0.5
      }
      test seen "a gap" {
        given   labels every 100ms vehicle "v" boxes of { track: "1", label: "car", area: rect(1, 2, 3, 4) }
        seen    "1101"
        expect  violation at 300ms with gap = 200ms
        expect  1 violations
      }
      test sure "people give no score" {
        given   labels every 100ms vehicle "v" boxes of { track: "1", label: "car", area: rect(1, 2, 3, 4) }
        expect  undecided
      }
      test seen "what the model says is not a label" {
        given   labels every 100ms vehicle "v" boxes of { track: "1", label: "car", area: rect(1, 2, 3, 4) }
        given   camera every 100ms vehicle "v" boxes of { track: "2", label: "car", area: rect(1, 2, 3, 4), score: 1.0 }
        seen    "1111"
        expect  silence
      }
      """;

  @Test
  void testsOfLabelsRun() {
    CheckedRules rules = compile(CAMERA + LABELLED);

    var tests =
        new RuleTests(
            rules,
            (file, name) -> {
              throw new FileNotFoundException(name);
            });
    assertThat(rules.tests()).hasSize(3);
    assertThat(rules.tests()).extracting(tests::run).containsOnly(new Outcome.Passed());
  }

  @Test
  void labelsAreWrittenPlainlyAndNeedNoScore() {
    StreamType labels = compile(CAMERA + LABELLED).labels().orElseThrow();

    assertThat(labels.name()).isEqualTo("labels");
    assertThat(labels.key().source().text()).isEqualTo("vehicle");
    assertThat(labels.time().source().reading()).isEqualTo(Reading.EPOCH_MILLIS);
    assertThat(labels.size()).contains(new StreamType.ImageSize(1000, 500));
    assertThat(labels.root().fields())
        .filteredOn(field -> !field.optional())
        .extracting(field -> field.name())
        .containsExactly("vehicle", "at");
  }

  /** Rules go to processors as JSON; no processor may take labels for a topic. */
  @Test
  void liveNothingIsJudgedOfThem() {
    CheckedRules rules = compile(CAMERA + LABELLED);

    assertThat(rules.streams()).extracting(StreamType::name).containsExactly("camera");
    assertThat(rules.assertions()).isEmpty();
    assertThat(rules.pending()).hasSize(2).allMatch(one -> Labels.are(one.on()));
    assertThat(CanonicalRules.read(CanonicalRules.write(rules))).isEqualTo(rules);
    assertThat(rules.withLabels().streams())
        .extracting(StreamType::name)
        .containsExactly("camera", "labels");
  }

  @Test
  void ofSeveralStreamsTheOneWithBoxesIsMeant() {
    Compilation compiled = compilation(WEATHER + CAMERA + LABELLED);

    assertThat(compiled.issues()).extracting(Issue::code).containsOnly(IssueCode.NOT_YET);
    assertThat(compiled.rules().orElseThrow().labels().orElseThrow().root().field("boxes"))
        .isPresent();
  }

  @Test
  void whereSeveralCouldBeMeantThatIsSaid() {
    Compilation compiled =
        compilation(CAMERA + CAMERA.replace("stream camera", "stream rear") + LABELLED);

    assertThat(compiled.issues())
        .filteredOn(issue -> issue.code() == IssueCode.UNKNOWN_STREAM)
        .first()
        .extracting(Issue::message)
        .isEqualTo("labels are of one stream; they may be of 'camera', 'rear'");
  }

  @Test
  void fieldsAreThoseOfTheStream() {
    List<Issue> issues =
        compilation(CAMERA + "assertion a on labels { each b in boxes expect b.lable == \"car\" }")
            .issues();

    assertThat(issues).extracting(Issue::code).contains(IssueCode.UNKNOWN_FIELD);
  }

  @Test
  void aStreamOfThatNameIsAStream() {
    CheckedRules rules =
        compile(
            CAMERA.replace("stream camera", "stream labels")
                + "assertion a on labels { each b in boxes expect b.score > 0.5 }");

    assertThat(rules.labels()).isEmpty();
    assertThat(rules.assertions()).hasSize(1);
  }

  private static Compilation compilation(String rules) {
    return new RuleCompiler().compile(List.of(new SourceFile("r.assay", rules)));
  }

  private static CheckedRules compile(String rules) {
    return compilation(rules).rules().orElseThrow();
  }
}
