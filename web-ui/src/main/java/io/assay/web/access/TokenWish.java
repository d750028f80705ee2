package io.assay.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token shall be.
 *
 * @param streams those that it may send to; none: all
 * @param expires null: never
 */
public record TokenWish(
    String name, Set<Scope> scopes, Set<String> streams, @Nullable Instant expires) {
  private static final int LONGEST_NAME = 100;
  private static final Duration LONGEST = Duration.ofDays(3653);
  private static final Pattern STREAM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

  public TokenWish {
    name = name.strip();
    scopes = Set.copyOf(scopes);
    streams = Set.copyOf(streams);
  }

  /** Everything that stands in the way. */
  List<String> problems(Instant now) {
    var problems = new ArrayList<String>();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c < ' ')) {
      problems.add("a token needs a name of 1 to 100 characters, got '" + name + "'");
    }
    if (scopes.isEmpty()) {
      problems.add("a token needs one scope at least: " + Scope.all());
    }
    streams.stream()
        .filter(stream -> !STREAM.matcher(stream).matches())
        .sorted()
        .forEach(stream -> problems.add("'" + stream + "' cannot be the name of a stream"));
    if (expires != null && !(expires.isAfter(now) && expires.isBefore(now.plus(LONGEST)))) {
      problems.add("a token expires within the next ten years or never, got " + expires);
    }
    return problems;
  }
}
