package io.assay.web.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Parts of addresses that hold what somebody typed. */
public final class Address {
  private Address() {}

  /**
   * As a query with its question mark; empty where nothing is given. All that could mean something
   * in an address is encoded: a plus, and the braces that a redirect would fill in.
   */
  public static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
