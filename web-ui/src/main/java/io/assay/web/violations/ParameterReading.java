package io.assay.web.violations;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads parameters, and notes in sentences which it could not. */
final class ParameterReading {
  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  ParameterReading(Map<String, String> given) {
    this.given = given;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /**
   * One of them.
   *
   * @param needed what it needs, such as {@code a number}
   */
  <T> Optional<T> read(String name, String needed, Function<String, T> parser) {
    return text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (DateTimeException | IllegalArgumentException unreadable) {
                problems.add("%s needs %s, got '%s'".formatted(name, needed, text));
                return Optional.empty();
              }
            });
  }

  /** Notes what is wrong with several of them together. */
  void note(String problem) {
    problems.add(problem);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
