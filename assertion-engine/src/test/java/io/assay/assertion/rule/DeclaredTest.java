package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules.Declared;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.DeclaredStream.Imputation;
import io.assay.assertion.rule.ir.Route;
import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.assertion.rule.ir.Serving;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeclaredTest {
  private static final String STREAM =
      """
      model detector "yolo" owner "perception"
      param T = 4
      stream camera from topic "t" {
        model detector version model_version
        id frame_id
        key vehicle string
        time at timestamp(millis)
        speed double
        %s
      }
      route people { to slack("x"), email("y") group by assertion, vehicle repeat 4h }
      """;

  @Test
  void everythingDeclaredIsData() {
    Declared declared =
        text("slice fast = speed > 30.0 truth hit bool from topic \"o\" within 90d")
            .rules("expect speed > 0.0")
            .declared();
    assertThat(declared.models().getFirst().owner()).contains("perception");
    assertThat(declared.params()).extractingByKey("T").extracting("value").isEqualTo(4L);
    DeclaredStream camera = declared.streams().getFirst();
    assertThat(camera.slices()).extracting(DeclaredStream.Slice::name).containsExactly("fast");
    assertThat(camera.truths()).extracting(DeclaredStream.Truth::name).containsExactly("hit");
    assertThat(declared.routes())
        .containsExactly(
            new Route(
                "people",
                List.of(
                    new Route.Target(Receiver.SLACK, "x"), new Route.Target(Receiver.EMAIL, "y")),
                List.of("assertion", "vehicle"),
                OptionalLong.of(4 * 3_600_000_000_000L)));
  }

  @Test
  void imputationIsOfAGroupOfFields() {
    String features = "features { income double? } impute %s every 6h from last 500 events";
    assertThat(
            text(features.formatted("features"))
                .rules("expect speed > 0.0")
                .declared()
                .streams()
                .getFirst()
                .imputation())
        .isEqualTo(Optional.of(new Imputation("features", 6 * 3_600_000_000_000L, 500)));
    assertThat(text(features.formatted("speed")).message("expect speed > 0.0"))
        .contains("'impute' fills a group of fields");
  }

  @Test
  void aSliceIsCheckedWhetherItIsUsedOrNot() {
    assertThat(text("slice fast = sped > 30.0").message("expect speed > 0.0"))
        .contains("unknown name 'sped'");
    assertThat(text("slice fast = sped > 30.0").message("where fast expect speed > 0.0"))
        .contains("unknown name 'sped'");
    assertThat(text("slice speed = speed > 30.0").message("expect speed > 0.0"))
        .contains("has a field or slice 'speed' already");
    assertThat(text("slice fast = fast").message("expect speed > 0.0"))
        .contains("stands for itself");
  }

  @Test
  void servingSaysWhoWroteTheRecordsAndHowLongAPartnerIsWaitedFor() {
    assertThat(serving("serving kserve \"yolo\" from topic \"log\" within 5min per request"))
        .contains(
            new Serving(
                Serving.Format.KSERVE, Optional.of("yolo"), "log", "log", 300_000_000_000L, false));
    assertThat(serving("serving seldon2 requests \"in\" responses \"out\" within (1s * T) per row"))
        .contains(
            new Serving(
                Serving.Format.SELDON2, Optional.empty(), "in", "out", 4_000_000_000L, true));
    assertThat(serving("serving cloudevents from topic \"log\""))
        .get()
        .extracting(Serving::topics)
        .isEqualTo(List.of("log"));
    assertThat(serving("serving string requests int responses double")).isEmpty();
  }

  private static Optional<Serving> serving(String clause) {
    return text(clause).rules("expect speed > 0.0").declared().streams().getFirst().serving();
  }

  @Test
  void aTruthHasANameOfItsOwnAndNeedsTheId() {
    assertThat(text("truth speed bool from topic \"o\" within 90d").message("expect speed > 0.0"))
        .contains("has a field 'speed' already");
    var idless =
        new CheckedText(
            STREAM
                .formatted("truth hit bool from topic \"o\" within 90d")
                .replace("id frame_id", ""),
            "camera");
    assertThat(idless.message("expect speed > 0.0")).contains("has none");
  }

  @Test
  void alertsAreGroupedByWhatTheyHave() {
    var grouped =
        new CheckedText(STREAM.formatted("").replace("assertion, vehicle", "vehicel"), "camera");
    assertThat(grouped.message("expect speed > 0.0")).contains("cannot be grouped by 'vehicel'");
  }

  private static CheckedText text(String items) {
    return new CheckedText(STREAM.formatted(items), "camera");
  }
}
