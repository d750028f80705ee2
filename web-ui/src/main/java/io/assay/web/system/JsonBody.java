package io.assay.web.system;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a program sends as a record. A name that is misspelt is refused: what it was to narrow
 * or to say must not go unnoticed.
 */
public final class JsonBody {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private JsonBody() {}

  /**
   * The body of a request.
   *
   * @param what it is, for messages: "a replay"
   * @throws Refused where it is none, or too large
   */
  public static <T extends Record> T read(
      HttpServletRequest request, Class<T> type, String what, int mostBytes) {
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(mostBytes + 1);
    } catch (IOException failure) {
      throw Refused.bad("the body did not come whole");
    }
    if (body.length > mostBytes) {
      throw new Refused(
          HttpStatus.CONTENT_TOO_LARGE, "%s needs at most %,d bytes".formatted(what, mostBytes));
    }
    return read(body, type, what);
  }

  static <T extends Record> T read(byte[] body, Class<T> type, String what) {
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isObject()) {
        throw Refused.bad("%s needs a JSON object, got %s".formatted(what, kind(json)));
      }
      return JSON.treeToValue(json, type);
    } catch (UnrecognizedPropertyException unknown) {
      Class<?> within = unknown.getReferringClass();
      throw Refused.bad(
          "%s has no '%s': it has %s"
              .formatted(
                  within(unknown).orElse(what),
                  unknown.getPropertyName(),
                  names(within == null ? type : within)));
    } catch (DatabindException wrong) {
      throw Refused.bad(
          wrong.getPath().stream()
              .map(JacksonException.Reference::getPropertyName)
              .filter(Objects::nonNull)
              .findFirst()
              .map(name -> "'%s' of %s has a value of another kind".formatted(name, what))
              .orElse("the body is not " + what));
    } catch (JacksonException broken) {
      throw Refused.bad("%s needs a JSON object, got no JSON".formatted(what) + where(broken));
    }
  }

  /** What a value is, in words: "a list". */
  public static String kind(JsonNode json) {
    return switch (json.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> json.asString();
      case NULL -> "null";
      case MISSING -> "nothing";
    };
  }

  private static String where(JacksonException broken) {
    TokenStreamLocation place = broken.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : ": line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  /** What holds it, if that is not the whole: the last name before its own. */
  private static Optional<String> within(UnrecognizedPropertyException unknown) {
    return unknown.getPath().stream()
        .map(JacksonException.Reference::getPropertyName)
        .filter(Objects::nonNull)
        .filter(name -> !name.equals(unknown.getPropertyName()))
        .reduce((outer, inner) -> inner);
  }

  private static String names(Class<?> of) {
    RecordComponent[] components = of.getRecordComponents();
    return components == null
        ? "others"
        : Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.joining(", "));
  }
}
