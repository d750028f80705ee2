package io.assay.web.media;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a reference to media leads to, as far as its name says. */
public enum MediaKind {
  IMAGE,
  VIDEO,
  /** Nothing that a page would show. */
  OTHER;

  /** No SVG: it may carry scripts. */
  private static final Map<String, String> IMAGES =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp");

  private static final Map<String, String> VIDEOS =
      Map.of("mp4", "video/mp4", "webm", "video/webm", "ogv", "video/ogg", "mov", "video/mp4");

  /** Of a path or an address; what stands behind {@code ?} or {@code #} is not looked at. */
  public static MediaKind of(String reference) {
    String extension = extension(reference);
    if (IMAGES.containsKey(extension)) {
      return IMAGE;
    }
    return VIDEOS.containsKey(extension) ? VIDEO : OTHER;
  }

  /** The first text among an event's fields that leads to an image or a video. */
  public static Optional<String> referenceIn(JsonNode fields) {
    return fields.properties().stream()
        .map(field -> field.getValue().isString() ? field.getValue().asString("") : "")
        .filter(text -> of(text) != OTHER)
        .findFirst();
  }

  /** Its type for HTTP; empty of what is not served. */
  static Optional<String> contentType(String reference) {
    String extension = extension(reference);
    return Optional.ofNullable(IMAGES.getOrDefault(extension, VIDEOS.get(extension)));
  }

  private static String extension(String reference) {
    String path = reference.split("[?#]", 2)[0];
    int dot = path.lastIndexOf('.');
    return dot < 0 || path.indexOf('/', dot) >= 0
        ? ""
        : path.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
