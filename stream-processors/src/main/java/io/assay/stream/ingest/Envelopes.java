package io.assay.stream.ingest;

import io.assay.assertion.rule.Suggestions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Opens CloudEvents of structured mode, alone or in a batch: what is in an envelope becomes what
 * binary mode would have sent, so that readers behind know one form only.
 */
public final class Envelopes {
  private Envelopes() {}

  /** What an envelope has in it. */
  public sealed interface Opened {
    /**
     * @param from where it begins among the bytes, {@code to}: where it ends
     */
    record Event(CloudEvent event, int from, int to) implements Opened {}

    /** Everything that is wrong with it. */
    record Refused(List<String> reasons) implements Opened {
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /**
   * Hands on one envelope after the other, as it is read.
   *
   * @return why the bytes are no envelopes; what was handed on before counts for nothing then
   */
  public static Optional<String> open(byte[] body, boolean batch, Consumer<Opened> each) {
    try (JsonParser parser = JsonBytes.parser(body)) {
      if (parser.nextToken() != (batch ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
        return Optional.of(
            batch
                ? "needed a JSON array of CloudEvents, got something else"
                : "needed a CloudEvent as a JSON object, got something else");
      }
      if (batch) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          each.accept(one(parser, body));
        }
      } else {
        each.accept(one(parser, body));
      }
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of("the body goes on behind its end");
    } catch (JacksonException broken) {
      return Optional.of("the body is not JSON: " + JsonBytes.why(broken));
    }
  }

  private static Opened one(JsonParser parser, byte[] body) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new Opened.Refused(List.of("needed a CloudEvent as a JSON object"));
    }
    int from = JsonBytes.start(parser);
    var members = new Members();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.take(name, parser, body);
    }
    return members.opened(from, Math.toIntExact(parser.currentLocation().getByteOffset()));
  }

  /** What has been read of one. */
  private static final class Members {
    private static final Set<String> DATA = Set.of("data", "data_base64");
    private static final byte[] NOTHING = new byte[0];

    private final Map<String, String> attributes = new TreeMap<>();
    private final List<String> reasons = new ArrayList<>();
    private @Nullable String base64;
    private @Nullable String text;
    private byte @Nullable [] data;

    void take(String name, JsonParser parser, byte[] body) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      if (DATA.contains(name)) {
        data(name, parser, body);
      } else if (parser.currentToken().isStructStart()) {
        parser.skipChildren();
        reasons.add("'%s' needs a text, a number or true or false".formatted(name) + meant(name));
      } else if (attributes.put(name, parser.getString()) != null) {
        reasons.add("'" + name + "' is given twice");
      }
    }

    /** A frequent mistake is another name for the data. */
    private static String meant(String name) {
      return Suggestions.didYouMean(name, List.of("data")).map(said -> "; " + said).orElse("");
    }

    private void data(String name, JsonParser parser, byte[] body) {
      if (data != null || base64 != null) {
        reasons.add("data is given twice");
      }
      int start = JsonBytes.start(parser);
      boolean isText = parser.currentToken() == JsonToken.VALUE_STRING;
      String value = isText ? parser.getString() : null;
      if (name.equals("data_base64")) {
        base64 = value;
        if (value == null) {
          parser.skipChildren();
          reasons.add("'data_base64' needs a text");
        }
        return;
      }
      text = value;
      data = Arrays.copyOfRange(body, start, JsonBytes.skip(parser));
    }

    Opened opened(int from, int to) {
      byte @Nullable [] binary = base64 == null ? null : decoded(base64);
      return switch (CloudEventAttributes.ofEnvelope(attributes)) {
        case CloudEventAttributes.Reading.Complete(CloudEventAttributes read)
            when reasons.isEmpty() ->
            new Opened.Event(event(read, binary), from, to);
        case CloudEventAttributes.Reading.Complete ignored -> new Opened.Refused(reasons);
        case CloudEventAttributes.Reading.Refused(List<String> more) -> {
          reasons.addAll(more);
          yield new Opened.Refused(reasons);
        }
      };
    }

    private CloudEvent event(CloudEventAttributes read, byte @Nullable [] binary) {
      if (binary != null) {
        return new CloudEvent(read, binary, false);
      }
      if (data == null) {
        return new CloudEvent(read, NOTHING, false);
      }
      // Of JSON, a text is a JSON text, quotes and all; of anything else it is the bytes.
      return text == null || read.saysJson()
          ? new CloudEvent(read, data, true)
          : new CloudEvent(read, text.getBytes(StandardCharsets.UTF_8), false);
    }

    private byte[] decoded(String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException broken) {
        reasons.add("'data_base64' is not base64");
        return NOTHING;
      }
    }
  }
}
