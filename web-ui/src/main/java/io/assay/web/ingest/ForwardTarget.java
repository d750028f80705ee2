package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;

/** The parts of another logger's address: where it is, who we are there, and what may be shown. */
final class ForwardTarget {
  private ForwardTarget() {}

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
