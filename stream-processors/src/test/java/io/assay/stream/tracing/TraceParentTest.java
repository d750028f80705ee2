package io.assay.stream.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceParentTest {
  private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void readsWhatTheStandardSays() {
    assertThat(TraceParent.read(SAMPLED))
        .contains(new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true));
    assertThat(TraceParent.read(SAMPLED.replace("-01", "-00")).orElseThrow().sampled()).isFalse();
    // A later version may say more behind.
    assertThat(TraceParent.read(SAMPLED.replace("00-0", "01-0") + "-what")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
      })
  void whatIsNoneIsNone(String header) {
    assertThat(TraceParent.read(header)).isEmpty();
  }

  @Test
  void withoutACollectorWhatCameIsHandedOn() {
    Traces off = Traces.of(new TracingSettings(null, 1, Map.of()), "tests");
    assertThat(off.follows(SAMPLED)).isFalse();
    assertThat(off.begin("ingest", SpanKind.SERVER, SAMPLED).traceparent()).isEqualTo(SAMPLED);
    assertThat(off.begin("ingest", SpanKind.SERVER, "odd").traceparent()).isEqualTo("odd");
    assertThat(off.begin("ingest", SpanKind.SERVER, null).traceparent()).isNull();
  }

  /** Nothing listens there: what is not told is lost, and nobody waits for it. */
  @Test
  void theSenderDecidesAndElseTheShare() {
    var nowhere = URI.create("http://127.0.0.1:1/v1/traces");
    try (Traces none = Traces.of(new TracingSettings(nowhere, 0, Map.of()), "tests");
        Traces all = Traces.of(new TracingSettings(nowhere, 1, Map.of()), "tests")) {
      String unsampled = SAMPLED.replace("-01", "-00");
      try (Step followed = none.begin("ingest", SpanKind.SERVER, SAMPLED);
          Step left = all.begin("ingest", SpanKind.SERVER, unsampled);
          Step shared = all.begin("ingest", SpanKind.SERVER, null)) {
        TraceParent here = TraceParent.read(followed.traceparent()).orElseThrow();
        assertThat(here.trace()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(here.span()).isNotEqualTo("b7ad6b7169203331");
        assertThat(MDC.get("trace.id"))
            .isEqualTo(TraceParent.read(shared.traceparent()).orElseThrow().trace());
        assertThat(left.traceparent()).isEqualTo(unsampled);
        assertThat(TraceParent.read(shared.traceparent()).orElseThrow().sampled()).isTrue();
      }
      assertThat(MDC.get("trace.id")).isNull();
      assertThat(none.begin("ingest", SpanKind.SERVER, null).traceparent()).isNull();
    }
  }

  @Test
  void settingsAreCheckedAndTellNoSecrets() {
    assertThatThrownBy(() -> new TracingSettings(null, 1.5, Map.of()))
        .hasMessageContaining("needs a share of 0 to 1, got 1.5");
    assertThatThrownBy(() -> new TracingSettings(URI.create("collector:4317"), 1, Map.of()))
        .hasMessageContaining("needs an address of http or https, got collector:4317");
    assertThatThrownBy(
            () -> new TracingSettings(URI.create("http://me:hush@collector/v1"), 1, Map.of()))
        .hasMessageContaining("set assay.tracing.headers.authorization")
        .hasMessageNotContaining("hush");
    assertThat(
            new TracingSettings(
                    URI.create("http://collector:4318/v1/traces?key=hush"),
                    1,
                    Map.of("authorization", "Bearer hush"))
                .toString())
        .contains("authorization")
        .doesNotContain("hush");
  }
}
