package io.assay.stream.serving;

import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.ingest.CloudEvent;
import io.assay.stream.ingest.CloudEventAttributes;
import io.assay.stream.ingest.Envelopes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads what one serving stack writes.
 *
 * <p>Which of two ids joins a request and its response, and where model and version stand, is what
 * the stacks differ in; bodies are told apart by their bytes.
 */
public final class ServingReader {
  private static final String REQUEST = ".request";
  private static final String RESPONSE = ".response";
  private static final int MOST_IN_A_BATCH = 10_000;

  private final Serving serving;

  public ServingReader(Serving serving) {
    this.serving = serving;
  }

  /** One reading of a record; of a batch of CloudEvents one of each. */
  public List<Reading> read(ServedRecord record) {
    String contentType =
        record.header(ServedRecord.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    if (contentType.startsWith("application/cloudevents")) {
      return enveloped(record, contentType.startsWith("application/cloudevents-batch"));
    }
    boolean binary =
        record.headers().keySet().stream()
            .anyMatch(name -> name.startsWith("ce_") || name.startsWith("ce-"));
    return List.of(binary ? binary(record) : plain(record));
  }

  private Reading plain(ServedRecord record) {
    return switch (serving.format()) {
      case KSERVE, CLOUDEVENTS ->
          brokenEvent("needed ce_ headers or the content type of a CloudEvent, came none");
      case BENTOML -> guarded(() -> new Reading.Whole(BentoLines.event(record.value())));
      case SELDON1, SELDON2, MLSERVER, V1, V2 ->
          guarded(() -> half(record, record.headers(), record.value(), false));
    };
  }

  private Reading binary(ServedRecord record) {
    return switch (CloudEventAttributes.ofKafka(record.headers())) {
      case CloudEventAttributes.Reading.Refused(List<String> reasons) ->
          brokenEvent("no CloudEvent: " + String.join("; ", reasons));
      case CloudEventAttributes.Reading.Complete(CloudEventAttributes attributes) ->
          event(record, new CloudEvent(attributes, record.value(), false));
    };
  }

  private List<Reading> enveloped(ServedRecord record, boolean batch) {
    List<Reading> readings = new ArrayList<>();
    try {
      return Envelopes.open(
              record.value(),
              batch,
              opened -> {
                if (readings.size() == MOST_IN_A_BATCH) {
                  throw new UnreadablePayload(
                      "a batch has at most %d CloudEvents".formatted(MOST_IN_A_BATCH));
                }
                readings.add(opened(record, opened, batch));
              })
          .map(why -> List.of(brokenEvent(why)))
          .orElse(readings);
    } catch (UnreadablePayload tooMany) {
      return List.of(unreadable("too-large", tooMany));
    }
  }

  private Reading opened(ServedRecord record, Envelopes.Opened opened, boolean batch) {
    return switch (opened) {
      case Envelopes.Opened.Refused(List<String> reasons) ->
          brokenEvent("no CloudEvent: " + String.join("; ", reasons));
      case Envelopes.Opened.Event(CloudEvent event, int from, int to) ->
          event(batch ? record.part(from, to) : record, event);
    };
  }

  private static Reading brokenEvent(String detail) {
    return new Reading.Unreadable("broken-cloudevent", detail);
  }

  private Reading event(ServedRecord record, CloudEvent event) {
    if (serving.format() == Serving.Format.BENTOML) {
      return guarded(() -> new Reading.Whole(BentoLines.event(event.data())));
    }
    if (serving.format() == Serving.Format.CLOUDEVENTS) {
      return guarded(
          () ->
              new Reading.Whole(
                  CloudEventJson.of(
                      event, Instant.ofEpochMilli(record.timestampMillis()).toString())));
    }
    Map<String, String> all = new TreeMap<>(record.headers());
    all.putAll(event.attributes().byName());
    return guarded(() -> half(record, all, event.data(), true));
  }

  private interface Attempt {
    Reading run();
  }

  private static Reading guarded(Attempt attempt) {
    try {
      return attempt.run();
    } catch (UnreadablePayload broken) {
      return unreadable("broken-payload", broken);
    } catch (JacksonException broken) {
      return new Reading.Unreadable(
          "broken-payload", Objects.requireNonNullElse(broken.getOriginalMessage(), "no JSON"));
    }
  }

  private static Reading.Unreadable unreadable(String cause, UnreadablePayload broken) {
    return new Reading.Unreadable(cause, Objects.requireNonNull(broken.getMessage()));
  }

  /** {@code said}: headers and attributes; {@code event}: whether they are a CloudEvent's. */
  private Reading half(ServedRecord record, Map<String, String> said, byte[] value, boolean event) {
    String type = said.getOrDefault("type", "");
    if (type.endsWith(".feedback")) {
      return new Reading.NotOurs();
    }
    Optional<Side> told =
        type.endsWith(REQUEST)
            ? Optional.of(Side.REQUEST)
            : type.endsWith(RESPONSE) ? Optional.of(Side.RESPONSE) : record.side();
    Body body = body(value, told);
    Side side =
        told.or(body::side)
            .orElseThrow(
                () -> new UnreadablePayload("nothing tells whether it is a request or a response"));
    Optional<String> id = id(record, said, body);
    if (id.isEmpty()) {
      return new Reading.Unreadable("no-id", "nothing joins it to its other half: no id came");
    }
    Map<String, String> names = names(said, body);
    if (isOfAnother(said, body)) {
      return new Reading.NotOurs();
    }
    return new Reading.Half(
        new Inference(
            side, id.get(), time(record, said, event), names, details(said, body), body.tensors()),
        record);
  }

  private static Body body(byte[] value, Optional<Side> told) {
    if (isJson(value)) {
      return JsonBodies.read(value);
    }
    return InferMessages.read(
        value,
        told.orElseThrow(() -> new UnreadablePayload("needed a JSON object, came something else")));
  }

  /** No message of the protocol begins with a bracket. */
  private static boolean isJson(byte[] value) {
    for (byte b : value) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[';
      }
    }
    return true;
  }

  private Optional<String> id(ServedRecord record, Map<String, String> said, Body body) {
    Optional<String> requestId = text(said, "requestid");
    Optional<String> ofBody = Optional.of(body.id()).filter(text -> !text.isEmpty());
    return switch (serving.format()) {
      case KSERVE -> text(said, "id");
      case SELDON1 -> requestId.or(() -> text(said, "id")).or(() -> ofBody);
      case SELDON2, MLSERVER, V1, V2, BENTOML, CLOUDEVENTS ->
          record.key().or(() -> ofBody).or(() -> requestId).or(() -> text(said, "id"));
    };
  }

  private static Optional<String> text(Map<String, String> said, String name) {
    return Optional.ofNullable(said.get(name)).filter(text -> !text.isEmpty());
  }

  private static Map<String, String> names(Map<String, String> said, Body body) {
    Map<String, String> names = new LinkedHashMap<>();
    Optional<String> service = text(said, "inferenceservicename");
    model(said, body).or(() -> service).ifPresent(model -> names.put("model", model));
    Optional.of(body.version())
        .filter(version -> !version.isEmpty())
        .or(() -> text(said, "mlserver-version"))
        .or(() -> text(said, "x-pipeline-version"))
        .ifPresent(version -> names.put("version", version));
    service.ifPresent(name -> names.put("service", name));
    for (String name : List.of("namespace", "component", "endpoint")) {
      text(said, name).ifPresent(value -> names.put(name, value));
    }
    return names;
  }

  private static Optional<String> model(Map<String, String> said, Body body) {
    return Optional.of(body.model())
        .filter(model -> !model.isEmpty())
        .or(() -> text(said, "mlserver-model"))
        .or(() -> text(said, "modelid"));
  }

  /** Where a record says nothing of whose it is, its topic is taken at its word. */
  private boolean isOfAnother(Map<String, String> said, Body body) {
    if (serving.only().isEmpty()) {
      return false;
    }
    List<String> owners =
        Stream.of(
                text(said, "inferenceservicename"),
                text(said, "mlserver-model"),
                text(said, "modelid"),
                text(said, "pipeline"),
                Optional.of(body.model()).filter(model -> !model.isEmpty()))
            .flatMap(Optional::stream)
            .toList();
    return !owners.isEmpty() && !owners.contains(serving.only().get());
  }

  private static Instant time(ServedRecord record, Map<String, String> said, boolean event) {
    Optional<String> time = event ? text(said, "time") : Optional.empty();
    try {
      return time.map(Instant::parse)
          .orElseGet(() -> Instant.ofEpochMilli(record.timestampMillis()));
    } catch (DateTimeException broken) {
      throw new UnreadablePayload(
          "the time of a CloudEvent needs RFC 3339, came '%s'".formatted(time.orElse("")));
    }
  }

  private static Map<String, JsonNode> details(Map<String, String> said, Body body) {
    Map<String, JsonNode> details = new LinkedHashMap<>();
    if (!body.parameters().isEmpty()) {
      var parameters = Json.MAPPER.createObjectNode();
      new TreeMap<>(body.parameters()).forEach(parameters::set);
      details.put("parameters", parameters);
    }
    for (String name : List.of("metadata", "annotations")) {
      text(said, name).flatMap(ServingReader::object).ifPresent(node -> details.put(name, node));
    }
    return details;
  }

  /** KServe sends these as JSON in a header; what is none says nothing. */
  private static Optional<JsonNode> object(String json) {
    try {
      return Optional.of(Json.MAPPER.readTree(json)).filter(JsonNode::isObject);
    } catch (JacksonException broken) {
      return Optional.empty();
    }
  }
}
