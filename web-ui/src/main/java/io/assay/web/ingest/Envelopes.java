package io.assay.web.ingest;

import io.assay.assertion.rule.Suggestions;
import io.assay.stream.ingest.CloudEventAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Opens CloudEvents of structured mode, alone or in a batch: what is in an envelope becomes what
 * binary mode would have sent, so that readers behind the topic know one form only.
 */
final class Envelopes {
  private static final byte[] NOTHING = new byte[0];

  private final Splitting splitting;

  Envelopes(Splitting splitting) {
    this.splitting = splitting;
  }

  /** All of them, or a refusal that says what is wrong with each. */
  List<Submitted> open(byte[] body, boolean batch) {
    List<Submitted> events = new ArrayList<>();
    List<RequestRefused.Fault> faults = new ArrayList<>();
    try (JsonParser parser = Json.parser(body)) {
      require(parser, batch ? JsonToken.START_ARRAY : JsonToken.START_OBJECT, batch);
      if (batch) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          splitting.requireRoom(events.size() + faults.size());
          one(parser, body, events, faults);
        }
      } else {
        one(parser, body, events, faults);
      }
      if (parser.nextToken() != null) {
        throw new RequestRefused(HttpStatus.BAD_REQUEST, "the body goes on behind its end");
      }
    } catch (JacksonException broken) {
      throw Splitting.broken(broken);
    }
    if (!faults.isEmpty()) {
      throw new RequestRefused(
              HttpStatus.BAD_REQUEST,
              "%d of %d are no CloudEvents; nothing was kept"
                  .formatted(faults.size(), faults.size() + events.size()))
          .because(faults);
    }
    return events;
  }

  private static void require(JsonParser parser, JsonToken wanted, boolean batch) {
    if (parser.nextToken() != wanted) {
      throw new RequestRefused(
          HttpStatus.BAD_REQUEST,
          "needed %s, got something else"
              .formatted(batch ? "a JSON array of CloudEvents" : "a CloudEvent as a JSON object"));
    }
  }

  private static void one(
      JsonParser parser, byte[] body, List<Submitted> events, List<RequestRefused.Fault> faults) {
    int position = events.size() + faults.size() + 1;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      faults.add(new RequestRefused.Fault(position, "needed a CloudEvent as a JSON object"));
      return;
    }
    var envelope = new Envelope();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      envelope.member(name, parser, body);
    }
    envelope.finish(position, events, faults);
  }

  /** What has been read of one. */
  private static final class Envelope {
    private static final Set<String> DATA = Set.of("data", "data_base64");

    private final Map<String, String> attributes = new TreeMap<>();
    private final List<String> reasons = new ArrayList<>();
    private @Nullable String base64;
    private @Nullable String text;
    private byte @Nullable [] data;

    void member(String name, JsonParser parser, byte[] body) {
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
      int start = Json.start(parser);
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
      data = Arrays.copyOfRange(body, start, Json.skip(parser));
    }

    void finish(int position, List<Submitted> events, List<RequestRefused.Fault> faults) {
      byte[] payload = payload();
      switch (CloudEventAttributes.ofEnvelope(attributes)) {
        case CloudEventAttributes.Reading.Complete(CloudEventAttributes read)
            when reasons.isEmpty() ->
            events.add(new Submitted(position, payload, read));
        case CloudEventAttributes.Reading.Complete ignored ->
            faults.add(new RequestRefused.Fault(position, String.join("; ", reasons)));
        case CloudEventAttributes.Reading.Refused(List<String> more) -> {
          reasons.addAll(more);
          faults.add(new RequestRefused.Fault(position, String.join("; ", reasons)));
        }
      }
    }

    private byte[] payload() {
      if (base64 != null) {
        try {
          return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
          reasons.add("'data_base64' is not base64");
          return NOTHING;
        }
      }
      if (data == null) {
        return NOTHING;
      }
      // Of JSON, a text is a JSON text, quotes and all; of anything else it is the bytes.
      return text == null || isJson() ? data : text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isJson() {
      String type = attributes.getOrDefault("datacontenttype", "application/json");
      int end = type.indexOf(';');
      return PayloadForm.isJson(
          (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }
  }
}
