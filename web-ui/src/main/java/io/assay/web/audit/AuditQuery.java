package io.assay.web.audit;

import io.assay.web.access.AuditLog;
import io.assay.web.system.Address;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are asked for, as an address says it.
 *
 * @param before the id of the change behind which the part begins
 * @param given what was said, by name
 * @param problems what of it cannot be read, and is left out
 */
record AuditQuery(
    AuditLog.Wanted wanted,
    Optional<Long> before,
    Map<String, String> given,
    List<String> problems) {
  private static final List<String> NAMES = List.of("actor", "action", "text", "since", "until");

  static AuditQuery of(Map<String, String> query) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) {
      String value = query.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    }
    List<String> problems = new ArrayList<>();
    var wanted =
        new AuditLog.Wanted(
            given.get("actor"),
            given.get("action"),
            given.get("text"),
            time("since", given, problems),
            time("until", given, problems));
    GivenTime.reversed("since", wanted.since(), "until", wanted.until()).ifPresent(problems::add);
    return new AuditQuery(wanted, before(query, problems), Map.copyOf(given), problems);
  }

  private static Optional<Long> before(Map<String, String> query, List<String> problems) {
    String text = query.getOrDefault("before", "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException wrong) {
      problems.add("before needs the number of a change, got '" + text + "'");
      return Optional.empty();
    }
  }

  private static @Nullable Instant time(
      String name, Map<String, String> given, List<String> problems) {
    String text = given.get(name);
    if (text == null) {
      return null;
    }
    try {
      return GivenTime.parse(text);
    } catch (DateTimeException wrong) {
      problems.add("%s needs %s, got '%s'".formatted(name, GivenTime.NEEDED, text));
      return null;
    }
  }

  /**
   * @throws Refused where something cannot be read
   */
  AuditQuery requireClear() {
    if (!problems.isEmpty()) {
      throw Refused.bad(String.join("; ", problems));
    }
    return this;
  }

  public boolean isEmpty() {
    return given.isEmpty();
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return given.getOrDefault(name, "");
  }

  /** A time as a browser's field shows it, in UTC. */
  public String field(String name) {
    Instant at = name.equals("since") ? wanted.since() : wanted.until();
    return at == null
        ? ""
        : LocalDateTime.ofInstant(at, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As the query of an address, with one parameter more. */
  public String query(String name, String value) {
    var all = new LinkedHashMap<String, String>();
    for (String one : NAMES) {
      String known = given.get(one);
      if (known != null) {
        all.put(one, known);
      }
    }
    if (!value.isEmpty()) {
      all.put(name, value);
    }
    return Address.query(all);
  }
}
