package io.assay.web.ingest;

import io.assay.stream.ingest.CloudEventAttributes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A request's headers, as far as they go on with its events. */
final class Received {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String TRACEPARENT = "traceparent";
  private static final String CLOUD = "ce-";

  /** The standard's traceparent has 55 characters. */
  private static final int LONGEST_TRACE = 512;

  private static final int LONGEST_KEY = 255;

  private final Map<String, String> cloud = new TreeMap<>();
  private final @Nullable String contentType;
  private final @Nullable String trace;
  private final @Nullable String idempotencyKey;

  /** {@code begun}: of the trace that this request is part of; null where it is of none. */
  Received(HttpServletRequest request, @Nullable String begun) {
    contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    trace = begun;
    idempotencyKey = request.getHeader(IDEMPOTENCY_KEY);
    if (idempotencyKey != null
        && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
      throw new RequestRefused(
          HttpStatus.BAD_REQUEST,
          "%s needs 1 to %d characters, got %d"
              .formatted(IDEMPOTENCY_KEY, LONGEST_KEY, idempotencyKey.length()));
    }
    for (String name : Collections.list(request.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(CLOUD)) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
          throw new RequestRefused(HttpStatus.BAD_REQUEST, "'" + lower + "' is given twice");
        }
        cloud.put(lower, values.getFirst());
      }
    }
  }

  PayloadForm form() {
    return PayloadForm.of(contentType, !cloud.isEmpty());
  }

  /** Of binary mode. */
  CloudEventAttributes attributes() {
    var headers = new TreeMap<>(cloud);
    if (contentType != null) {
      headers.put("content-type", contentType);
    }
    return switch (CloudEventAttributes.ofHttp(headers)) {
      case CloudEventAttributes.Reading.Complete(CloudEventAttributes read) -> read;
      case CloudEventAttributes.Reading.Refused(List<String> reasons) ->
          throw new RequestRefused(HttpStatus.BAD_REQUEST, String.join("; ", reasons))
              .because(List.of(new RequestRefused.Fault(1, String.join("; ", reasons))));
    };
  }

  @Nullable String trace() {
    return trace;
  }

  @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** As it came; null where there is none, or none of a sensible size. */
  static @Nullable String traceparent(HttpServletRequest request) {
    String given = request.getHeader(TRACEPARENT);
    return given == null || given.length() > LONGEST_TRACE ? null : given;
  }

  /** What is sent on to others. */
  Forwarding.Copy copy(byte[] body) {
    return new Forwarding.Copy(contentType, cloud, trace, body);
  }
}
