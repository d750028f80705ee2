package io.assay.web.alerts.channels;

import java.net.URI;

/** An address of the rules as people see it: of http addresses the host alone. */
final class ShownAddress {
  private ShownAddress() {}

  /** Whoever wrote a token into the rules need not find it on pages and in answers too. */
  static String of(String address) {
    try {
      URI to = URI.create(address.strip());
      boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      if (!web) {
        return withoutPath(address);
      }
      String path = to.getRawPath() == null || to.getRawPath().length() < 2 ? "" : "/…";
      String port = to.getPort() < 0 ? "" : ":" + to.getPort();
      return to.getHost() == null ? "…" : to.getScheme() + "://" + to.getHost() + port + path;
    } catch (IllegalArgumentException broken) {
      return withoutPath(address);
    }
  }

  /** What has a path, and is no address that can be sent to, may be one with a slip in it. */
  private static String withoutPath(String address) {
    return address.contains("/") ? "…" : address;
  }
}
