package io.assay.imports;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which of a Label Studio task's texts is its image or video. */
final class LabelStudioMedia {
  private static final List<String> NAMES = List.of("image", "video", "img", "picture");
  private static final Pattern FILE =
      Pattern.compile(
          ".*\\.(png|jpe?g|gif|webp|bmp|tiff?|mp4|webm|ogv|mov|avi)([?#].*)?",
          Pattern.CASE_INSENSITIVE);

  /** Files of a folder of the server's: the path stands behind. */
  private static final Pattern LOCAL = Pattern.compile(".*/data/local-files/\\?d=([^&]*).*");

  private LabelStudioMedia() {}

  /** The one that a region says it was drawn on; else as media are called, or look; else any. */
  static Optional<String> of(JsonNode data, JsonNode results) {
    for (JsonNode result : results) {
      String source = result.path("source").asString("");
      if (source.startsWith("$") && data.path(source.substring(1)).isString()) {
        return Optional.of(path(data.path(source.substring(1)).asString()));
      }
    }
    List<String> texts =
        data.valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList();
    return NAMES.stream()
        .map(data::path)
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .findFirst()
        .or(() -> texts.stream().filter(text -> FILE.matcher(text).matches()).findFirst())
        .or(() -> texts.stream().findFirst())
        .map(LabelStudioMedia::path);
  }

  private static String path(String address) {
    var local = LOCAL.matcher(address);
    return local.matches() ? URLDecoder.decode(local.group(1), StandardCharsets.UTF_8) : address;
  }
}
