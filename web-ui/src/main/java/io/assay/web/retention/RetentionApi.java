package io.assay.web.retention;

import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
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
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long what is kept, for programs of administrators. */
@RestController
class RetentionApi {
  private static final int MOST_BYTES = 1024;

  private final RetentionSettings settings;
  private final Dropping dropping;

  RetentionApi(RetentionSettings settings, Dropping dropping) {
    this.settings = settings;
    this.dropping = dropping;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  /**
   * One kind.
   *
   * @param days null for ever
   * @param over rows that go the next time, at most a million of each table
   */
  record Item(String kind, @Nullable Integer days, long over) {}

  @GetMapping("/api/v1/projects/{project}/retention")
  List<Item> list(@PathVariable String project) {
    Map<Kind, Integer> days = new EnumMap<>(Kind.class);
    settings.of(project).forEach((kind, decided) -> days.put(kind, decided.days()));
    Map<Kind, Long> over = dropping.over(project, days);
    return Stream.of(Kind.values())
        .map(kind -> new Item(kind.word(), days.get(kind), over.getOrDefault(kind, 0L)))
        .toList();
  }

  /** {@code days}: null or none for ever. */
  record Wish(@Nullable Integer days) {}

  @TakesJson(Wish.class)
  @PutMapping("/api/v1/projects/{project}/retention/{kind}")
  List<Item> change(
      @PathVariable String project,
      @PathVariable String kind,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    Kind known =
        Kind.of(kind)
            .orElseThrow(
                () ->
                    Refused.bad(
                        "a kind is one of %s, got '%s'"
                            .formatted(
                                String.join(
                                    ", ", Stream.of(Kind.values()).map(Kind::word).toList()),
                                kind)));
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
    return list(project);
  }
}
