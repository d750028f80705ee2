package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The parts of another logger's address: where it is, who we are there, and what may be shown. */
final class ForwardTarget {
  private ForwardTarget() {}

  /**
   * An address as it is set.
   *
   * @throws IllegalArgumentException without what may be secret: where a password has made an
   *     address one that cannot be read, no part of it may be shown
   */
  static URI of(String address) {
    URI to;
    try {
      to = new URI(address.strip());
    } catch (URISyntaxException wrong) {
      // Its message and its cause would show all of it.
      throw refused("one that cannot be read: " + wrong.getReason().toLowerCase(Locale.ROOT));
    }
    boolean isWeb = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
    if (to.getScheme() == null || to.getHost() == null) {
      throw refused("one without a scheme or host");
    }
    if (!isWeb) {
      throw refused(to.getScheme() + "://" + to.getHost());
    }
    if (to.getRawUserInfo() == null && to.getRawPath().contains("@")) {
      throw refused("one with an '@' behind its host");
    }
    return to;
  }

  private static IllegalArgumentException refused(String what) {
    return new IllegalArgumentException(
        "assay.ingest.forward.to needs http or https addresses such as https://logger/events, with"
            + " ',', '/' and '@' of a user or password as %2C, %2F and %40; got "
            + what);
  }

  /** For the log and for people: without a user and without a query, which often has a token. */
  static String shown(URI to) {
    return place(to) + (to.getRawPath() == null ? "" : to.getRawPath());
  }

  /** To send to; what fails there tells no password. */
  static URI withoutUser(URI to) {
    String query = to.getRawQuery() == null ? "" : '?' + to.getRawQuery();
    return URI.create(shown(to) + query);
  }

  /** Of an address with {@code user:password@}, which Java's client would leave out. */
  static Optional<String> authorization(URI to) {
    return Optional.ofNullable(to.getRawUserInfo())
        .map(user -> URLDecoder.decode(user.replace("+", "%2B"), UTF_8))
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }

  private static String place(URI to) {
    return to.getScheme() + "://" + to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
  }
}
