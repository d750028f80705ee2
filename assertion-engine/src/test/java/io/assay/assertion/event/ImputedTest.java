package io.assay.assertion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImputedTest {
  private static final String STREAM =
      """
      stream applications from topic "credit.features" {
        key applicant string
        time at timestamp(millis)
        features {
          income double? private
          age int
          shape vector(3)
        }
        %s
      }
      """;

  private static final StreamType APPLICATIONS =
      stream(STREAM.formatted("impute features every 6h from last 50000 events"));
  private static final Imputed IMPUTED = APPLICATIONS.imputed().orElseThrow();
  private static final Set<String> READS =
      Set.of("features.income", "features.age", "imputed.income.value");

  @Test
  void whatWasFilledInIsMissingItself() {
    Event event =
        decode(
            """
            {"applicant":"p1","at":0,"features":{"income":48000,"age":31},
             "imputed":{"income":{"value":48000,"confidence":0.9,"version":3}}}
            """);
    Row values = Objects.requireNonNull(IMPUTED.group(event.root()));
    assertThat(values.state(field("income").index())).isEqualTo(Row.ABSENT);
    assertThat(values.state(field("age").index())).isEqualTo(Row.PRESENT);
    assertThat(value(event, "income")).isEqualTo(48000.0);
    assertThat(event.problems()).isEmpty();
  }

  @Test
  void aRequiredFieldThatWasFilledInIsAProblemStill() {
    Event event =
        decode(
            """
            {"applicant":"p1","at":0,"features":{"age":31},
             "imputed":{"age":{"value":31,"confidence":0.9},"income":{"confidence":0.1}}}
            """);
    assertThat(event.problems())
        .containsExactly(new Event.Problem("features.age", "a value", "nothing"));
    assertThat(value(event, "income")).as("not sure enough").isNull();
  }

  @Test
  void valuesAreAsPrivateAsTheirFieldsAndListsAreNotFilled() {
    StructType said = (StructType) IMPUTED.of(field("income")).orElseThrow().type();
    assertThat(said.field(Imputed.VALUE).orElseThrow().hidden()).isTrue();
    assertThat(said.field(Imputed.CONFIDENCE).orElseThrow().hidden()).isFalse();
    assertThat(IMPUTED.of(field("shape"))).isEmpty();
  }

  @Test
  void aFieldOfTheNameStandsInTheWay() {
    List<Issue> issues =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "s.assay",
                        STREAM.formatted(
                            "imputed bool  impute features every 6h from last 50000 events"))))
            .issues();
    assertThat(issues)
        .extracting(Issue::message)
        .contains(
            "what 'impute' fills in is called 'imputed', and applications has a field of that"
                + " name");
  }

  @Test
  void withoutImputeItIsAFieldLikeOthers() {
    StreamType own = stream(STREAM.formatted("imputed { income { value double? }? }?"));
    assertThat(own.imputed()).isEmpty();
    Event event =
        decode(
            own,
            """
            {"applicant":"p1","at":0,"features":{"income":4,"age":31},
             "imputed":{"income":{"value":4}}}
            """);
    Row values = (Row) Objects.requireNonNull(event.root().getReference(group(own).slot()));
    assertThat(values.state(((StructType) group(own).type()).fields().getFirst().index()))
        .isEqualTo(Row.PRESENT);
  }

  private static StructType.Field group(StreamType stream) {
    return stream.root().field("features").orElseThrow();
  }

  private static StructType.Field field(String name) {
    return IMPUTED.fields().field(name).orElseThrow();
  }

  private static @Nullable Object value(Event event, String name) {
    Row said = (Row) event.root().getReference(IMPUTED.provenance().slot());
    StructType.Field of = IMPUTED.of(field(name)).orElseThrow();
    Row parts = (Row) Objects.requireNonNull(said).getReference(of.slot());
    StructType.Field value = ((StructType) of.type()).field(Imputed.VALUE).orElseThrow();
    return Objects.requireNonNull(parts).state(value.index()) == Row.PRESENT
        ? (Object) parts.getDouble(value.slot())
        : null;
  }

  private static Event decode(String json) {
    return decode(APPLICATIONS, json);
  }

  private static Event decode(StreamType stream, String json) {
    Decoded decoded =
        EventDecoder.of(stream, READS)
            .decode(
                json.getBytes(StandardCharsets.UTF_8),
                null,
                new Coordinates("t", 0, 7),
                Long.MIN_VALUE);
    return ((Decoded.Readable) decoded).event();
  }

  private static StreamType stream(String text) {
    var compiled = new RuleCompiler().compile(List.of(new SourceFile("s.assay", text)));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString()))
        .streams()
        .getFirst();
  }
}
