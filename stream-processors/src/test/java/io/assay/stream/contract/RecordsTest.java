package io.assay.stream.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.SliceValue;
import io.assay.assertion.event.Coordinates;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecordsTest {
  private static final Set<String> ONE_PARTITION =
      Set.of("test.rules", "test.repairs", "test.releases", "test.imputers", "test.erasures");

  private static final Provenance PROVENANCE =
      new Provenance("default", "camera", new Coordinates("av.camera", 3, 41), 1_700_000_000_000L);

  @Test
  void aCountComesBackAsItWent() {
    var count =
        new CountRecord("p", "camera", "flicker", "0", 28_333_333, 2, 7, 9, 8, 7, 6, 1, 1, 0);
    assertThat(CountRecord.read(count.json())).isEqualTo(count);
    assertThat(new String(count.key(), StandardCharsets.UTF_8))
        .isEqualTo("p/camera/flicker/0/28333333/2");
    assertThat(count.minuteStart()).hasToString("2023-11-14T22:13:00Z");
  }

  @Test
  void aUseOfRulesIsReadThatWasWrittenBeforeTroublesWereTold() {
    String old =
        "{\"project\":\"p\",\"application\":\"a\",\"task\":\"1_0\",\"generation\":7,\"sinceMillis\":5}";
    assertThat(RuleUse.read(old.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new RuleUse("p", "a", "1_0", 7, 5));
    var use = new RuleUse("p", "a", "1_0", 7, 5, Map.of("x", "slow"), Map.of("y", "broken"));
    assertThat(RuleUse.read(use.json())).isEqualTo(use);
  }

  @Test
  void thatAKeyIsSilentOrSpeaksComesBackAsItWent() {
    var silent =
        new SilentRecord(
            "p", "camera", "alive", "h", "a/b", 7, new SilentRecord.Since(3, "id", "first", "v2"));
    assertThat(SilentRecord.read(silent.json())).isEqualTo(silent);
    assertThat(silent.recordKey()).asString().isEqualTo("p/camera/alive/a/b");
    var speaks = new SilentRecord("p", "camera", "alive", "h", "a/b", 9, null);
    assertThat(SilentRecord.read(speaks.json())).isEqualTo(speaks);
    assertThat(speaks.silence()).isEmpty();
    assertThat(speaks.recordKey()).isEqualTo(silent.recordKey());
    assertThatThrownBy(() -> SilentRecord.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stream, assertion and key");
  }

  @Test
  void anErasureIsOfItsKeyAloneAndNeverHasIt() {
    String digest = KeyDigest.of("ann/ä", new SecureRandom());
    var request = new ErasureRequest("p", "camera", digest, 7);
    assertThat(ErasureRequest.read(request.json())).isEqualTo(request);
    assertThat(request.key()).asString().isEqualTo("p/" + digest);
    assertThat(ErasureRequest.isKey(request.key())).isTrue();
    assertThat(KeyDigest.read(digest).isOf("ann/ä")).isTrue();
    assertThat(KeyDigest.read(digest).isOf("ann/a")).isFalse();
    assertThat(KeyDigest.of("ann/ä", new SecureRandom())).isNotEqualTo(digest);
    assertThat(request.json()).asString().doesNotContain("ann");
    var done = new ErasureDone("p", digest, "assay-p-camera", "1_0", 9, 3);
    assertThat(ErasureDone.read(done.json())).isEqualTo(done);
    assertThat(done.key()).asString().isEqualTo("p/" + digest + "/assay-p-camera/1_0");
    assertThat(ErasureRequest.isKey(done.key())).isFalse();
    for (String broken : List.of("{}", "{\"project\":\"p\",\"stream\":\"s\",\"digest\":\"d\"}")) {
      assertThatThrownBy(() -> ErasureRequest.read(broken.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("digest");
    }
  }

  @Test
  void aReleaseComesBackAsItWent() {
    ReleaseKey key = ReleaseKey.of("p", "words", "2026/07 b");
    ReleaseRecord release =
        ReleaseRecord.opened(key, 3, 300, 17)
            .against(List.of("2026/06", "pinned"), "2026/06")
            .closing("a marker in each partition", 19)
            .refining(List.of("pinned"))
            .rotated(Map.of("pinned", 2))
            .turning();
    assertThat(ReleaseRecord.read(release.json())).isEqualTo(release);
    assertThat(release.key()).isEqualTo(key);
    assertThat(key.bytes()).asString().isEqualTo("p/words/2026%2F07+b");
    ReleaseKey piece = key.rotation("2026/06", 1);
    assertThat(ReleaseKey.read(piece.bytes())).contains(piece);
    var acceptance = new ReleaseAcceptance("p", "words", "2026/07 b", "ann", "", 23);
    assertThat(ReleaseAcceptance.read(acceptance.json())).isEqualTo(acceptance);
    assertThat(ReleaseKey.read(acceptance.key().bytes())).contains(key.accepted());
    assertThat(ReleaseKey.read("p/words".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThatThrownBy(() -> ReleaseRecord.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsKnownOfAReleaseComesBackAsItWent() {
    var measured =
        new StabilityRecord.Measured(
            0.12,
            Map.of(5, 0.8, 10, 0.75),
            null,
            18.5,
            0.9,
            List.of(4, 4),
            2.3,
            "gram",
            true,
            1e-12,
            2000,
            Map.of("eis", new StabilityRecord.Interval(0.11, 0.13)));
    var record =
        new StabilityRecord(
            "p",
            "words",
            "b",
            "a",
            4,
            2,
            ReleaseStatus.REJECTED,
            "steady is violated",
            "",
            100,
            90,
            85,
            0.81,
            measured,
            "",
            List.of(new StabilityRecord.Moved("dog", 0.2)),
            4096,
            1,
            2,
            3,
            4,
            5,
            List.of(
                new StabilityRecord.Verdict(
                    "steady", "0", StabilityRecord.Outcome.VIOLATED, "", "id")),
            "",
            List.of(),
            null,
            new StabilityRecord.Neighbourhoods(
                5,
                List.of(
                    new StabilityRecord.Neighbourhood(
                        "dog",
                        0.2,
                        List.of(new StabilityRecord.Neighbour("cat", 0.75)),
                        List.of()))));
    assertThat(StabilityRecord.read(record.json())).isEqualTo(record);
    assertThat(record.key()).asString().isEqualTo("p/words/b/a");
    assertThat(record.measures()).contains(measured);
    String before = new String(record.json(), StandardCharsets.UTF_8);
    before = before.replaceFirst(",\"neighbourhoods\":.*", "}");
    assertThat(StabilityRecord.read(before.getBytes(StandardCharsets.UTF_8)).around()).isEmpty();
  }

  @Test
  void aCountReadsPastWhatLaterVersionsAdd() {
    var count = new CountRecord("p", "camera", "flicker", "", 1, 0, 1, 1, 1, 1, 1, 0, 0, 0);
    String json = new String(count.json(), StandardCharsets.UTF_8);
    String later = json.substring(0, json.length() - 1) + ",\"segment\":\"night\"}";
    assertThat(CountRecord.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(count);
  }

  @Test
  void aCountBySliceComesBackAsItWentAndOneWithoutSaysNothingOfThem() {
    var without = new CountRecord("p", "camera", "flicker", "", 1, 0, 1, 1, 1, 1, 1, 0, 0, 0);
    assertThat(new String(without.json(), StandardCharsets.UTF_8)).doesNotContain("slices");
    var count =
        new CountRecord(
            "p",
            "camera",
            "flicker",
            "",
            1,
            0,
            1,
            9,
            8,
            5,
            4,
            1,
            2,
            0,
            List.of(
                new CountRecord.InSlice("night", SliceValue.TRUE, 3, 1, 0),
                new CountRecord.InSlice("night", SliceValue.UNDECIDED, 2, 0, 2)));
    assertThat(CountRecord.read(count.json())).isEqualTo(count);
    assertThat(count.key()).isEqualTo(without.key());
  }

  @Test
  void bytesThatAreNoCountAreRefused() {
    for (String text : new String[] {"", "{", "[]", "{\"project\":\"p\"}", "7"}) {
      assertThatThrownBy(() -> CountRecord.read(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDeadLetterStandsInTheHeaders() {
    var letter = new DeadLetter(PROVENANCE, "no-key", "camera needs a key in 'vehicle'");
    var headers = new RecordHeaders();
    letter.write(headers);
    assertThat(DeadLetter.read(headers)).isEqualTo(letter);
    assertThat(HeaderNames.text(headers, "offset")).isEqualTo("41");
  }

  @Test
  void aLongDetailIsCut() {
    assertThat(new DeadLetter(PROVENANCE, "broken-json", "x".repeat(5000)).detail())
        .hasSize(1000)
        .endsWith("…");
  }

  @Test
  void aLateRecordStandsInTheHeaders() {
    var late = new LateRecord(PROVENANCE, LateRecord.FUTURE, 1_800_000_000_000L);
    var headers = new RecordHeaders();
    late.write(headers);
    assertThat(LateRecord.read(headers)).isEqualTo(late);
  }

  @Test
  void labelsAreReadAsTheyWereWritten() {
    var label =
        new LabelRecord(
            "p",
            "n1",
            "e/1",
            "camera",
            "error",
            JsonMapper.shared().readTree("{\"label\":\"car\",\"box\":[1,2.5]}"),
            List.of("car"),
            List.of(),
            0.5,
            "rita",
            "api",
            1234);
    assertThat(LabelRecord.read(label.json())).isEqualTo(label);
    assertThat(label.key()).asString().isEqualTo("p/e/1");
    assertThatThrownBy(() -> LabelRecord.read("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("a label needs an object");
    assertThatThrownBy(() -> LabelRecord.read("[".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("a label needs an object");
  }

  @Test
  void samplesAreReadAsTheyWereWritten() {
    var sample =
        new SampleRecord(
            "p",
            3,
            "e1",
            "n7",
            "gain",
            "flicker fires 20.0 % less than a round before",
            0.25,
            "flicker",
            "camera",
            "v1",
            1,
            3,
            3,
            5,
            List.of(new SampleRecord.Place("n7", 3, "av.camera", 2, 41)),
            "e1",
            "abc",
            null);
    assertThat(SampleRecord.read(sample.json())).isEqualTo(sample);
    assertThat(sample.messageKey()).asString().isEqualTo("p/e1");
    assertThatThrownBy(() -> SampleRecord.read("{}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("a sample needs an object");
  }

  @Test
  void headersOfOthersAreReadWithoutComplaint() {
    var headers = new RecordHeaders();
    headers.add("offset", "soon".getBytes(StandardCharsets.UTF_8));
    assertThat(DeadLetter.read(headers).provenance().source())
        .isEqualTo(new Coordinates("", -1, -1));
  }

  @Test
  void ownTopicsKeepTheTimeOfAppending() {
    assertThat(new Topics("test").plans(3))
        .extracting(TopicPlan::name)
        .containsExactly(
            "test.violations",
            "test.counts",
            "test.figures",
            "test.dead-letters",
            "test.late",
            "test.ticks",
            "test.silent",
            "test.partials",
            "test.awaiting",
            "test.stability",
            "test.releases",
            "test.imputers",
            "test.labels",
            "test.samples",
            "test.rules",
            "test.rule-use",
            "test.erasures",
            "test.repairs");
    assertThat(new Topics("test").plans(3))
        .allSatisfy(
            plan -> {
              assertThat(plan.partitions()).isEqualTo(ONE_PARTITION.contains(plan.name()) ? 1 : 3);
              assertThat(plan.settings()).containsEntry("message.timestamp.type", "LogAppendTime");
            });
    assertThatThrownBy(() -> new Topics("as say")).hasMessageContaining("'as say'");
  }
}
