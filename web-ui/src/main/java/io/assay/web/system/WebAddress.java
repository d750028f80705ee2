package io.assay.web.system;

import java.net.URI;

/** Addresses of other servers, as settings give them. */
public final class WebAddress {
  private WebAddress() {}

  /** Whether a text is an http or https address of a host, without a user in it. */
  public static boolean isWeb(String address) {
    try {
      URI to = URI.create(address);
      boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
      return web && to.getHost() != null && to.getRawUserInfo() == null;
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }
}
