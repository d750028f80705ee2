package io.assay.web.retention;

import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How long what is kept, for programs of administrators. */
@RestController
class RetentionApi {
  private static final int MOST_BYTES = 1024;
  private static final int MOST = 1000;

  private final RetentionSettings settings;
  private final Dropping dropping;
  private final TopicRetention topics;

  RetentionApi(RetentionSettings settings, Dropping dropping, TopicRetention topics) {
    this.settings = settings;
    this.dropping = dropping;
    this.topics = topics;
  }

  /**
   * One kind.
   *
   * @param days null for ever
   * @param by who decided so; empty where nobody did
   * @param over rows that go the next time, of these days or of those that were asked about; at
   *     most a million of each table
   */
  record Item(String kind, @Nullable Integer days, String by, long over) {}

  /** All kinds; parameters named as kinds: what would go, were they kept for so many days. */
  @GetMapping("/api/v1/projects/{project}/retention")
  Listing<Item> list(@PathVariable String project, @RequestParam Map<String, String> query) {
    Map<Kind, Integer> asked = new EnumMap<>(Kind.class);
    query.forEach((name, days) -> asked.put(kind(name), days(name, days)));
    return new Listing<>(items(project, asked), null);
  }

  private List<Item> items(String project, Map<Kind, Integer> asked) {
    Map<Kind, RetentionSettings.Decided> decided = settings.of(project);
    Map<Kind, Integer> days = new EnumMap<>(Kind.class);
    decided.forEach((kind, one) -> days.put(kind, one.days()));
    days.putAll(asked);
    Map<Kind, Long> over = dropping.over(project, days);
    return Stream.of(Kind.values())
        .map(
            kind ->
                new Item(
                    kind.word(),
                    days.get(kind),
                    Optional.ofNullable(decided.get(kind))
                        .map(RetentionSettings.Decided::by)
                        .orElse(""),
                    over.getOrDefault(kind, 0L)))
        .toList();
  }

  private static Kind kind(String word) {
    return Kind.of(word)
        .orElseThrow(
            () ->
                Refused.bad(
                    "a kind is one of %s, got '%s'"
                        .formatted(
                            String.join(", ", Stream.of(Kind.values()).map(Kind::word).toList()),
                            word)));
  }

  private static Integer days(String kind, String text) {
    try {
      int days = Integer.parseInt(text.strip());
      if (days >= 1 && days <= RetentionSettings.MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException none) {
      // Told as any other that is none.
    }
    throw Refused.bad(
        "%s needs 1 to %d days, got '%s'".formatted(kind, RetentionSettings.MOST_DAYS, text));
  }

  /**
   * What the broker says of topics; it is changed there.
   *
   * @param trouble why it says nothing, or not all
   */
  record Topics(List<TopicRetention.Kept> items, @Nullable String next, String trouble) {}

  /** Our own topics, and those that the project's rules name; by name. */
  @GetMapping("/api/v1/projects/{project}/retention/topics")
  Topics topics(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    TopicRetention.Told told = topics.of(project);
    Listing<TopicRetention.Kept> part =
        Listing.within(told.topics(), after, limit, topic -> topic, TopicRetention.Kept::topic);
    return new Topics(part.items(), part.next(), told.trouble());
  }

  /** {@code days}: null or none for ever. */
  record Wish(@Nullable Integer days) {}

  @TakesJson(Wish.class)
  @PutMapping("/api/v1/projects/{project}/retention/{kind}")
  Item change(
      @PathVariable String project,
      @PathVariable String kind,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    Kind known = kind(kind);
    Integer days = JsonBody.read(request, Wish.class, "a time to keep", MOST_BYTES).days();
    try {
      settings.change(
          project,
          person.name(),
          known,
          Optional.ofNullable(days).map(OptionalInt::of).orElse(OptionalInt.empty()));
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad(String.valueOf(wrong.getMessage()));
    }
    return items(project, Map.of()).stream()
        .filter(one -> one.kind().equals(known.word()))
        .findFirst()
        .orElseThrow();
  }
}
