package io.assay.stream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.Serving;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records as serving stacks write them. */
final class Served {
  static final long AT = 1_772_352_000_000L;

  private Served() {}

  static byte[] file(String name) {
    try (InputStream in = Served.class.getResourceAsStream("/serving/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static ServingReader reader(Serving.Format format, @Nullable String only) {
    return new ServingReader(
        new Serving(
            format,
            Optional.ofNullable(only),
            "in",
            "out",
            format.isPaired() ? 1_000_000_000L : 0,
            true));
  }

  static ServedRecord record(
      Map<String, String> headers, @Nullable String key, String body, @Nullable Side side) {
    return new ServedRecord(headers, key, body.getBytes(StandardCharsets.UTF_8), AT, side);
  }

  /** As a Knative broker carries what KServe's logger sent. */
  static ServedRecord kserve(String type, String id, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_source", "http://localhost:9081/");
    headers.put("ce_type", "org.kubeflow.serving.inference." + type);
    headers.put("ce_time", "2026-03-01T07:59:58.123456789Z");
    headers.put("ce_inferenceservicename", "credit-risk");
    headers.put("ce_namespace", "scoring");
    headers.put("ce_component", "predictor");
    headers.put("ce_endpoint", "default");
    headers.put("ce_metadata", "{\"X-Applicant\":[\"p1\"]}");
    headers.put("content-type", "application/json");
    return record(headers, null, body, null);
  }

  static Inference half(List<Reading> readings) {
    assertThat(readings).first().isInstanceOf(Reading.Half.class);
    return ((Reading.Half) readings.getFirst()).inference();
  }

  static List<String> events(List<Reading> request, List<Reading> response, boolean rows) {
    var made =
        PredictionEvents.of(half(request), half(response), rows, new Room(1 << 20, 32 << 20));
    assertThat(made).isInstanceOf(PredictionEvents.Made.Events.class);
    return ((PredictionEvents.Made.Events) made)
        .json().stream().map(json -> new String(json, StandardCharsets.UTF_8)).toList();
  }
}
