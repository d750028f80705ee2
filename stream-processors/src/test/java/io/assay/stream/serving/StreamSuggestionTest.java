package io.assay.stream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.Serving.Format;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSuggestionTest {
  private static final String CREDIT =
      """
      {"name":"credit-risk","versions":["3"],"platform":"sklearn","inputs":[
        {"name":"age","datatype":"INT64","shape":[-1]},
        {"name":"purpose","datatype":"BYTES","shape":[-1,1]},
        {"name":"x","datatype":"FP32","shape":[-1,3]},
        {"name":"embedding","datatype":"FP32","shape":[-1,768]},
        {"name":"tokens","datatype":"INT32","shape":[-1,-1]},
        {"name":"image","datatype":"UINT8","shape":[-1,3,224,224]}],
       "outputs":[{"name":"age","datatype":"FP64","shape":[-1,1]}]}
      """;

  /** Names that are words, no words, and twice the same. */
  private static final String NASTY =
      """
      {"name":"2 \\"Fast\\"","inputs":[
        {"name":"id","datatype":"INT64","shape":[-1]},
        {"name":"at","datatype":"INT64","shape":[-1]},
        {"name":"key","datatype":"BOOL","shape":[-1]},
        {"name":"size","datatype":"INT64","shape":[-1]},
        {"name":"serving","datatype":"INT64","shape":[-1,2]},
        {"name":"list","datatype":"FP16","shape":[-1]},
        {"name":"in","datatype":"BF16","shape":[-1]},
        {"name":"true","datatype":"BF16","shape":[-1]},
        {"name":"a:0","datatype":"FP64","shape":[-1]},
        {"name":"a.0","datatype":"FP64","shape":[]},
        {"name":"[0]x","datatype":"FP64","shape":[-1]},
        {"name":"","datatype":"FP64","shape":[-1]},
        {"name":"größe","datatype":"FP64","shape":[-1]},
        {"name":"model","datatype":"FP64","shape":[-1]},
        {"name":"features","datatype":"FP64","shape":[-1]},
        {"name":"truth","datatype":"FP64","shape":[-1,2]},
        {"name":"odd","datatype":"FP8","shape":[-1]}],
       "outputs":[]}
      """;

  private static String suggest(String metadata, Format format) {
    return StreamSuggestion.of(metadata.getBytes(StandardCharsets.UTF_8), format);
  }

  private static StreamType checked(String block) {
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("s.assay", block)));
    assertThat(compiled.issues())
        .as(block)
        .filteredOn(issue -> issue.code() != IssueCode.UNUSED_STREAM)
        .isEmpty();
    return compiled.rules().orElseThrow().streams().getFirst();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BENTOML", "CLOUDEVENTS"})
  void whatIsSuggestedPassesOurOwnCheck(Format format) {
    checked(suggest(CREDIT, format));
    checked(suggest(NASTY, format));
  }

  @Test
  void aTensorsColumnsAreFields() {
    String block = suggest(CREDIT, Format.KSERVE);
    assertThat(block)
        .contains("serving kserve \"credit-risk\" from topic \"inference.log\" within 5min")
        .contains("# inputs.image: UINT8 of [-1,3,224,224] is not read");
    assertThat(
            checked(block).root().fields().stream()
                .map(field -> field.name() + ' ' + field.source().text())
                .collect(Collectors.joining(", ")))
        .isEqualTo(
            "request id, at at, age inputs.age, purpose inputs.purpose, x_0 inputs.x[0], x_1"
                + " inputs.x[1], x_2 inputs.x[2], embedding inputs.embedding, tokens inputs.tokens,"
                + " age_2 outputs.age, version version, id id");
  }

  @Test
  void theStreamReadsTheEventsThatAreMadeOfSuchAModel() {
    StreamType stream = checked(suggest(CREDIT, Format.V2));
    var reader = Served.reader(Format.V2, null);
    List<String> events =
        Served.events(
            reader.read(
                Served.record(
                    java.util.Map.of(),
                    "7c1",
                    """
                    {"inputs":[
                      {"name":"age","datatype":"INT64","shape":[1],"data":[41]},
                      {"name":"purpose","datatype":"BYTES","shape":[1,1],"data":["car"]},
                      {"name":"x","datatype":"FP32","shape":[1,3],"data":[1.5,2.5,3.5]},
                      {"name":"embedding","datatype":"FP32","shape":[1,2],"data":[0.25,0.5]},
                      {"name":"tokens","datatype":"INT32","shape":[1,2],"data":[7,8]}]}
                    """,
                    null)),
            reader.read(
                Served.record(
                    java.util.Map.of(),
                    "7c1",
                    "{\"outputs\":[{\"name\":\"age\",\"datatype\":\"FP64\",\"shape\":[1,1],\"data\":[40.5]}]}",
                    null)),
            true);
    Decoded decoded =
        EventDecoder.of(
                stream,
                stream.root().fields().stream()
                    .map(StructType.Field::name)
                    .collect(Collectors.toSet()))
            .decode(
                events.getFirst().getBytes(StandardCharsets.UTF_8),
                null,
                new Coordinates("t", 0, 0),
                Long.MIN_VALUE);
    assertThat(decoded).isInstanceOf(Decoded.Readable.class);
    assertThat(((Decoded.Readable) decoded).event().problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"name\":\"x\"}", "{\"error\":\"no such model\"}"})
  void whatIsNoMetadataSaysWhatWasNeeded(String text) {
    assertThatThrownBy(() -> suggest(text, Format.V2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a model's metadata needs");
  }
}
