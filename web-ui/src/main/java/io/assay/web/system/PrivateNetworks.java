package io.assay.web.system;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells addresses that are reachable from here, but not from everywhere. */
public final class PrivateNetworks {
  private PrivateNetworks() {}

  /** Whether any of a host's addresses is private. */
  public static boolean has(String host) throws UnknownHostException {
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (isPrivate(address)) {
        return true;
      }
    }
    return false;
  }

  public static boolean isPrivate(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (address instanceof Inet6Address) {
      // Unique local (fc00::/7), and what carries an address of version 4 (::/96, 64:ff9b::/96,
      // 2001::/32, 2002::/16).
      return (first & 0xFE) == 0xFC
          || first == 0
          || (first == 0x20 && second == 1 && bytes[2] == 0 && bytes[3] == 0)
          || (first == 0x20 && second == 2);
    }
    // Of providers (100.64/10), of tests between networks (198.18/15), of protocols (192.0.0/24),
    // of this network, and what is reserved.
    return (first == 100 && (second & 0xC0) == 64)
        || (first == 198 && (second & 0xFE) == 18)
        || (first == 192 && second == 0 && bytes[2] == 0)
        || first == 0
        || first >= 240;
  }
}
