package io.assay.web.retention;

import io.assay.web.access.SignedIn;
import io.assay.web.admin.AdminTab;
import io.assay.web.backtests.Backtests;
import io.assay.web.storage.Bytes;
import io.assay.web.system.Page;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How long what is kept, and what would go. */
@Page
class RetentionPage {
  private final RetentionSettings settings;
  private final Dropping dropping;
  private final TopicRetention topics;
  private final Optional<String> archive;

  RetentionPage(
      RetentionSettings settings,
      Dropping dropping,
      TopicRetention topics,
      Environment environment) {
    this.settings = settings;
    this.dropping = dropping;
    this.topics = topics;
    this.archive = Optional.ofNullable(environment.getProperty("assay.archive.folder"));
  }

  /**
   * One kind.
   *
   * @param days null for ever
   * @param over rows that go the next time, of the days that are set; or of those that were typed
   * @param most whether there are more than were counted
   */
  record Row(Kind kind, @Nullable Integer days, String by, long over, boolean most) {}

  /** A topic's, as people read it. */
  record TopicRow(String topic, String cleanup, String kept) {
    static TopicRow of(TopicRetention.Kept kept) {
      String time =
          kept.millis() < 0 || !kept.cleanup().contains("delete")
              ? ""
              : days(Duration.ofMillis(kept.millis()));
      String size = kept.bytes() < 0 ? "" : Bytes.shown(kept.bytes()) + " a partition";
      return new TopicRow(
          kept.topic(),
          kept.cleanup(),
          String.join(", ", Stream.of(time, size).filter(one -> !one.isEmpty()).toList()));
    }

    private static String days(Duration time) {
      return time.toDays() >= 1 ? time.toDays() + " days" : time.toMinutes() + " minutes";
    }
  }

  /** Parameters named as kinds: what would go, were they kept for so many days. */
  @GetMapping("/p/{project}/retention")
  String show(@PathVariable String project, @RequestParam Map<String, String> query, Model model) {
    Map<Kind, RetentionSettings.Decided> decided = settings.of(project);
    Map<Kind, Integer> asked = new EnumMap<>(Kind.class);
    decided.forEach((kind, one) -> asked.put(kind, one.days()));
    for (Kind kind : Kind.values()) {
      days(query.getOrDefault(kind.word(), "")).ifPresent(days -> asked.put(kind, days));
    }
    Map<Kind, Long> over = dropping.over(project, asked);
    List<Row> rows =
        Stream.of(Kind.values())
            .map(
                kind ->
                    new Row(
                        kind,
                        asked.get(kind),
                        Optional.ofNullable(decided.get(kind))
                            .map(RetentionSettings.Decided::by)
                            .orElse(""),
                        over.getOrDefault(kind, 0L),
                        over.getOrDefault(kind, 0L) >= Dropping.MOST_COUNTED))
            .toList();
    TopicRetention.Told told = topics.of(project);
    AdminTab.RETENTION.show(model);
    model.addAttribute("rows", rows);
    model.addAttribute("topics", told.topics().stream().map(TopicRow::of).toList());
    model.addAttribute("trouble", told.trouble());
    model.addAttribute("archive", archive.orElse(""));
    model.addAttribute("backtests", Backtests.KEPT);
    return "retention";
  }

  private static OptionalInt days(String text) {
    try {
      int days = Integer.parseInt(text.strip());
      return days >= 1 && days <= RetentionSettings.MOST_DAYS
          ? OptionalInt.of(days)
          : OptionalInt.empty();
    } catch (NumberFormatException none) {
      return OptionalInt.empty();
    }
  }

  /** {@code days}: none for ever. */
  @PostMapping("/p/{project}/retention")
  String change(
      @PathVariable String project,
      @RequestParam String kind,
      @RequestParam(defaultValue = "") String days,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    Optional<Kind> known = Kind.of(kind);
    OptionalInt wanted = days(days);
    if (known.isEmpty() || (wanted.isEmpty() && !days.isBlank())) {
      next.addFlashAttribute("refused", days);
    } else {
      settings.change(project, person.name(), known.get(), wanted);
      next.addFlashAttribute("done", true);
    }
    return "redirect:/p/{project}/retention";
  }
}
