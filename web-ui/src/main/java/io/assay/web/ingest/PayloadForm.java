package io.assay.web.ingest;

import io.assay.stream.ingest.CloudEventAttributes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How the events stand in a request. */
enum PayloadForm {
  /** One JSON object, or an array of them. */
  JSON,
  /** JSON Lines. */
  LINES,
  /** One CloudEvent: its attributes in headers, its data the body. */
  BINARY,
  /** One CloudEvent in an envelope of JSON. */
  STRUCTURED,
  /** An array of such envelopes. */
  BATCH;

  static final String ACCEPTED =
      "application/json, application/x-ndjson, application/jsonl,"
          + " application/cloudevents+json, application/cloudevents-batch+json";

  private static final Set<String> LINES_TYPES =
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonl",
          "application/jsonlines",
          "application/x-jsonlines");

  /** {@code attributes}: whether headers begin with {@code ce-}. */
  static PayloadForm of(@Nullable String contentType, boolean attributes) {
    String type = "";
    if (contentType != null) {
      MediaType media = parse(contentType);
      type = (media.getType() + '/' + media.getSubtype()).toLowerCase(Locale.ROOT);
      if (!attributes) {
        requireUtf8(media);
      }
    }
    if (type.equals("application/cloudevents+json")) {
      return STRUCTURED;
    }
    if (type.equals("application/cloudevents-batch+json")) {
      return BATCH;
    }
    if (attributes && !type.startsWith("application/cloudevents")) {
      return BINARY;
    }
    if (LINES_TYPES.contains(type)) {
      return LINES;
    }
    if (CloudEventAttributes.isJson(type) && !type.startsWith("application/cloudevents")) {
      return JSON;
    }
    throw unsupported(
        "needed a Content-Type of %s, got %s"
            .formatted(ACCEPTED, contentType == null ? "none" : contentType));
  }

  private static MediaType parse(String contentType) {
    try {
      return MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException broken) {
      throw unsupported("needed a Content-Type of " + ACCEPTED + ", got '" + contentType + "'");
    }
  }

  private static void requireUtf8(MediaType media) {
    Charset charset;
    try {
      charset = media.getCharset();
    } catch (IllegalArgumentException unknown) {
      throw unsupported("needed UTF-8, got " + media);
    }
    if (charset != null
        && !charset.equals(StandardCharsets.UTF_8)
        && !charset.equals(StandardCharsets.US_ASCII)) {
      throw unsupported("needed UTF-8, got " + charset);
    }
  }

  private static RequestRefused unsupported(String detail) {
    return new RequestRefused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail)
        .header("Accept-Post", ACCEPTED);
  }
}
