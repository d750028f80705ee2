package io.assay.web.alerts.channels;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands for {@code secret:NAME}. Names are compared by their letters and digits alone:
 * variables of the environment have neither case nor dashes.
 */
final class Secrets {
  private static final String PREFIX = "secret:";

  private final Map<String, String> byName;

  Secrets(Map<String, String> given) {
    byName =
        given.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    one -> plain(one.getKey()), Map.Entry::getValue, (a, b) -> b));
  }

  /** The name, where an address of the rules is one of a secret. */
  static Optional<String> nameIn(String address) {
    return address.startsWith(PREFIX)
        ? Optional.of(address.substring(PREFIX.length()).strip())
        : Optional.empty();
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(byName.get(plain(name))).filter(value -> !value.isBlank());
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
