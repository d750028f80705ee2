package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which streams must be judged together, since joins connect them. */
public final class ConnectedStreams {
  private ConnectedStreams() {}

  /** The streams of a rule set, those together that a join connects; in order of declaration. */
  public static List<List<StreamType>> of(CheckedRules rules) {
    Map<String, Set<String>> connected = new LinkedHashMap<>();
    rules.streams().forEach(s -> connected.put(s.name(), new LinkedHashSet<>(Set.of(s.name()))));
    for (CheckedAssertion assertion : rules.assertions()) {
      assertion
          .context()
          .join()
          .ifPresent(
              join ->
                  join.partners()
                      .forEach(
                          partner ->
                              connect(connected, assertion.on().name(), partner.stream().name())));
    }
    return connected.values().stream()
        .distinct()
        .map(names -> rules.streams().stream().filter(s -> names.contains(s.name())).toList())
        .toList();
  }

  private static void connect(Map<String, Set<String>> connected, String a, String b) {
    Set<String> both = new LinkedHashSet<>(Objects.requireNonNull(connected.get(a)));
    both.addAll(Objects.requireNonNull(connected.get(b)));
    both.forEach(name -> connected.put(name, both));
  }
}
