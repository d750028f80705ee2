package io.assay.web.delivery;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request, before it is sent.
 *
 * @param headers besides the content type, which is JSON
 */
public record Post(URI to, Map<String, String> headers, String body) {
  public Post {
    headers = new TreeMap<>(headers);
  }

  /** Without what may be secret: a path or a header can be. */
  @Override
  public String toString() {
    return "Post[%s, %s, %,d letters]".formatted(to.getHost(), headers.keySet(), body.length());
  }
}
