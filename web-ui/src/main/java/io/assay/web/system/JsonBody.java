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
import tools.jackson.databind.DeserializationFeature;
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
      T read = JSON.readValue(body, type);
      if (read == null) {
        throw Refused.bad(what + " needs a JSON object, got null");
      }
      return read;
    } catch (UnrecognizedPropertyException unknown) {
      Class<?> within = unknown.getReferringClass();
      throw Refused.bad(
          "%s has no '%s': it has %s"
              .formatted(
                  within(unknown).orElse(what),
                  unknown.getPropertyName(),
                  names(within == null ? type : within)));
    } catch (JacksonException wrong) {
      throw Refused.bad("the body is not %s: %s".formatted(what, wrong.getOriginalMessage()));
    }
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
