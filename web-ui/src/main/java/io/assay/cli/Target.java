package io.assay.cli;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where lines are sent, and under which key each. */
sealed interface Target {
  String topic();

  /** Whose topic it is, for a message; with a blank before it. */
  String of();

  /** What to do where it does not exist; with a mark before it. */
  String hint();

  /** The key of a line. */
  Key key(byte[] line, Coordinates source);

  /** What a line is keyed by. */
  sealed interface Key {
    /** By this. */
    record Given(String text) implements Key {}

    /** By nothing, as asked. */
    record Absent() implements Key {}

    /** By nothing, as it cannot be read. */
    record Unreadable(String detail) implements Key {}
  }

  /** The topic of a stream that rules declare, by its key. */
  static Target stream(StreamType stream) {
    return new OfStream(stream, EventDecoder.of(stream, Set.of()));
  }

  /** A topic that no rules need to know. */
  static Target plain(String topic, @Nullable String keyField) {
    return new Plain(topic, keyField);
  }

  /** By what the stream says. */
  record OfStream(StreamType stream, EventDecoder decoder) implements Target {
    @Override
    public String topic() {
      return stream.topic();
    }

    @Override
    public String of() {
      return " of stream '%s'".formatted(stream.name());
    }

    @Override
    public String hint() {
      return "";
    }

    @Override
    public Key key(byte[] line, Coordinates source) {
      return switch (decoder.decode(line, null, source, Long.MIN_VALUE)) {
        case Decoded.Readable readable -> new Key.Given(readable.event().key());
        case Decoded.Unreadable bad -> new Key.Unreadable(bad.detail());
      };
    }
  }

  /**
   * By one field of JSON objects.
   *
   * @param keyField its path with dots; null for no keys
   */
  record Plain(String topic, @Nullable String keyField) implements Target {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String of() {
      return "";
    }

    @Override
    public String hint() {
      return "; make it: ./assay topics create --topic " + topic;
    }

    @Override
    public Key key(byte[] line, Coordinates source) {
      JsonNode at;
      try {
        at = JSON.readTree(line);
      } catch (JacksonException broken) {
        return new Key.Unreadable("this is no JSON: " + broken.getOriginalMessage());
      }
      if (!at.isObject()) {
        return new Key.Unreadable("an event is a JSON object, this is none");
      }
      if (keyField == null) {
        return new Key.Absent();
      }
      for (String step : keyField.split("\\.", -1)) {
        at = at.path(step);
      }
      return at.isString() || at.isIntegralNumber()
          ? new Key.Given(at.asString())
          : new Key.Unreadable(
              "the key '%s' needs a text or a whole number, this has %s"
                  .formatted(keyField, at.isMissingNode() ? "none" : at.toString()));
    }
  }
}
