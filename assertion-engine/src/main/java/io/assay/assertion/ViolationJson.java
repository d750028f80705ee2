package io.assay.assertion;

import io.assay.assertion.event.Coordinates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A violation as canonical JSON: one violation, one sequence of bytes.
 *
 * <p>Names come in a fixed order, times are nanoseconds since the epoch. Frozen fields and values
 * stand as JSON within, not as strings, so that a database can ask for what is inside.
 */
public final class ViolationJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(TokenStreamFactory.Feature.CHARSET_DETECTION).build();

  private ViolationJson() {}

  public static byte[] write(Violation v) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("id", v.id());
      json.writeStringProperty("project", v.project());
      json.writeStringProperty("assertion", v.assertion());
      json.writeStringProperty("judgementHash", v.judgementHash());
      json.writeStringProperty("expectation", v.expectation());
      json.writeStringProperty("stream", v.stream());
      json.writeStringProperty("key", v.key());
      json.writeStringProperty("subject", v.subject());
      json.writeStringProperty("label", v.label());
      json.writeNumberProperty("from", v.from());
      json.writeNumberProperty("to", v.to());
      json.writeNumberProperty("at", v.at());
      json.writeStringProperty("decidingEvent", v.decidingEvent());
      json.writeNumberProperty("severity", v.severity());
      json.writeStringProperty("level", v.level().name());
      json.writeStringProperty("mode", v.mode().name());
      json.writeStringProperty("sentence", v.sentence());
      json.writeArrayPropertyStart("values");
      for (Violation.Value value : v.values()) {
        json.writeStartObject();
        json.writeStringProperty("expression", value.expression());
        json.writeName("value").writeRawValue(value.value());
        json.writeBooleanProperty("threshold", value.threshold());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("events");
      for (Violation.FrozenEvent event : v.events()) {
        json.writeStartObject();
        json.writeStringProperty("id", event.id());
        json.writeNumberProperty("at", event.at());
        json.writeStringProperty("stream", event.stream());
        json.writeStringProperty("role", event.role());
        json.writeNumberProperty("subjectIndex", event.subjectIndex());
        json.writeName("fields").writeRawValue(event.fields());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("spanEvents");
      for (Violation.EventReference event : v.spanEvents()) {
        json.writeStartObject();
        json.writeStringProperty("id", event.id());
        json.writeNumberProperty("at", event.at());
        json.writeStringProperty("topic", event.source().topic());
        json.writeNumberProperty("partition", event.source().partition());
        json.writeNumberProperty("offset", event.source().offset());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (v.modelVersion().isPresent()) {
        json.writeStringProperty("modelVersion", v.modelVersion().get());
      }
      json.writeStringProperty("episode", v.episode());
      json.writeArrayPropertyStart("corrections");
      for (Violation.Corrected corrected : v.corrections()) {
        json.writeStartObject();
        json.writeStringProperty("id", corrected.id());
        json.writeNumberProperty("at", corrected.at());
        json.writeArrayPropertyStart("actions");
        corrected.actions().forEach(json::writeString);
        json.writeEndArray();
        json.writeName("fields").writeRawValue(corrected.fields());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeBooleanProperty("truncated", v.truncated());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote, also after a database has reordered and spaced it.
   *
   * @throws IllegalArgumentException with what was needed, if it is something else
   */
  public static Violation read(byte[] bytes) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      return new Reading(bytes, json).violation();
    } catch (tools.jackson.core.JacksonException e) {
      throw new IllegalArgumentException(
          "needed the JSON of a violation, came " + e.getMessage(), e);
    }
  }

  /** Reads values one by one; names may come in any order, unknown ones are passed over. */
  private static final class Reading {
    private final byte[] bytes;
    private final JsonParser json;

    Reading(byte[] bytes, JsonParser json) {
      this.bytes = bytes;
      this.json = json;
    }

    Violation violation() {
      var draft = new Draft();
      object(name -> draft.set(name, this));
      return draft.build();
    }

    void object(java.util.function.Predicate<String> known) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException(
            "needed the JSON of a violation, came " + json.currentToken() + " for an object");
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (!known.test(name)) {
          json.skipChildren();
        }
      }
    }

    <T> List<T> list(java.util.function.Supplier<T> element) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException(
            "needed the JSON of a violation, came " + json.currentToken() + " for a list");
      }
      List<T> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(element.get());
      }
      return values;
    }

    /** The value's own text. */
    String raw() {
      int start = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      json.finishToken();
      int end = (int) json.currentLocation().getByteOffset();
      return new String(bytes, start, end - start, StandardCharsets.UTF_8).strip();
    }

    Violation.Value value() {
      var draft = new Draft();
      object(name -> draft.set(name, this));
      return new Violation.Value(draft.text("expression"), draft.text("value"), draft.threshold);
    }

    Violation.FrozenEvent event() {
      var draft = new Draft();
      object(name -> draft.set(name, this));
      return new Violation.FrozenEvent(
          draft.text("id"),
          draft.number("at"),
          draft.texts.getOrDefault("stream", ""),
          draft.text("role"),
          (int) draft.number("subjectIndex"),
          draft.text("fields"));
    }

    Violation.Corrected corrected() {
      var draft = new Draft();
      object(name -> draft.set(name, this));
      return new Violation.Corrected(
          draft.text("id"), draft.number("at"), draft.actions, draft.text("fields"));
    }

    Violation.EventReference reference() {
      var draft = new Draft();
      object(name -> draft.set(name, this));
      return new Violation.EventReference(
          draft.text("id"),
          draft.number("at"),
          new Coordinates(
              draft.text("topic"), (int) draft.number("partition"), draft.number("offset")));
    }
  }

  /** What has been read so far. */
  private static final class Draft {
    private final java.util.Map<String, String> texts = new java.util.HashMap<>();
    private final java.util.Map<String, Long> numbers = new java.util.HashMap<>();
    private double severity;
    private boolean threshold;
    private boolean truncated;
    private List<Violation.Value> values = List.of();
    private List<Violation.FrozenEvent> events = List.of();
    private List<Violation.EventReference> spanEvents = List.of();
    private List<Violation.Corrected> corrections = List.of();
    private List<String> actions = List.of();

    boolean set(String name, Reading reading) {
      JsonParser json = reading.json;
      switch (name) {
        case "value", "fields" -> texts.put(name, reading.raw());
        case "from", "to", "at", "subjectIndex", "partition", "offset" ->
            numbers.put(name, json.getLongValue());
        case "severity" -> severity = json.getDoubleValue();
        case "threshold" -> threshold = json.getBooleanValue();
        case "truncated" -> truncated = json.getBooleanValue();
        case "values" -> values = reading.list(reading::value);
        case "events" -> events = reading.list(reading::event);
        case "spanEvents" -> spanEvents = reading.list(reading::reference);
        case "corrections" -> corrections = reading.list(reading::corrected);
        case "actions" -> actions = reading.list(json::getString);
        default -> {
          if (json.currentToken() != JsonToken.VALUE_STRING) {
            return false;
          }
          texts.put(name, json.getString());
        }
      }
      return true;
    }

    String text(String name) {
      @Nullable String text = texts.get(name);
      if (text == null) {
        throw new IllegalArgumentException("needed a violation's '" + name + "', came nothing");
      }
      return text;
    }

    long number(String name) {
      @Nullable Long number = numbers.get(name);
      if (number == null) {
        throw new IllegalArgumentException("needed a violation's '" + name + "', came nothing");
      }
      return number;
    }

    /** What was written before evidence named its streams is of the violation's own. */
    private static List<Violation.FrozenEvent> ofStream(
        List<Violation.FrozenEvent> events, String stream) {
      return events.stream()
          .map(
              e ->
                  e.stream().isEmpty()
                      ? new Violation.FrozenEvent(
                          e.id(), e.at(), stream, e.role(), e.subjectIndex(), e.fields())
                      : e)
          .toList();
    }

    Violation build() {
      return new Violation(
          text("id"),
          text("project"),
          text("assertion"),
          text("judgementHash"),
          text("expectation"),
          text("stream"),
          text("key"),
          text("subject"),
          text("label"),
          number("from"),
          number("to"),
          number("at"),
          text("decidingEvent"),
          severity,
          Level.valueOf(text("level")),
          Mode.valueOf(text("mode")),
          text("sentence"),
          values,
          ofStream(events, text("stream")),
          spanEvents,
          Optional.ofNullable(texts.get("modelVersion")),
          texts.getOrDefault("episode", text("id")),
          corrections,
          truncated);
    }
  }
}
