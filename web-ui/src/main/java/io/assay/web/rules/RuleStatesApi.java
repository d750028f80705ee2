package io.assay.web.rules;

import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleUse;
import io.assay.web.system.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether the rules in force judge, for programs: by assertion, and by what the tasks tell. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules")
class RuleStatesApi {
  private static final int MOST = 500;

  private final ActiveRules active;
  private final KnownAssertions known;
  private final RuleUsage usage;
  private final UnusableTargets targets;

  RuleStatesApi(
      ActiveRules active, KnownAssertions known, RuleUsage usage, UnusableTargets targets) {
    this.active = active;
    this.known = known;
    this.usage = usage;
    this.targets = targets;
  }

  /**
   * An assertion in force.
   *
   * @param state {@code active}, {@code shadow}, {@code draft}, {@code suspended} or {@code error}
   * @param owner whom to ask; empty where nobody is named
   * @param why it does not judge as it should; empty where all is well
   * @param line 1-based
   */
  record Stated(
      String name,
      String title,
      String stream,
      String owner,
      String state,
      String why,
      String file,
      int line) {
    static Stated of(AssertionRow row) {
      return new Stated(
          row.name(),
          row.title(),
          row.stream(),
          row.owner(),
          row.state().name().toLowerCase(Locale.ROOT),
          row.why(),
          row.file(),
          row.line());
    }
  }

  /** By name; {@code text}: only where it stands in name, title, stream, owner, file or state. */
  @GetMapping("/assertions")
  Listing<Stated> assertions(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    List<AssertionRow> rows =
        known.of(project).stream().map(AssertionRow::row).filter(row -> row.fits(text)).toList();
    return Listing.within(rows, after, limit, Stated::of, AssertionRow::name);
  }

  /**
   * Who judges by which generation.
   *
   * @param generation in force; 0 for none
   * @param connected whether there is a broker to hear of rules from
   * @param told when the tasks were asked last; null where none has answered yet
   * @param late whether they should have told more by now
   * @param tasks by generation, how many judge by it
   * @param unusable targets of routes that no alert can be sent to
   */
  record Use(
      long generation,
      boolean connected,
      @Nullable Instant told,
      boolean late,
      Map<Long, Long> tasks,
      List<UnusableTargets.UnusableTarget> unusable) {}

  /** What the tasks of all processors tell. */
  @GetMapping("/use")
  Use use(@PathVariable String project) {
    Optional<RuleUsage.Told> told = usage.of(project);
    return new Use(
        active.generation(project).map(RuleGeneration::number).orElse(0L),
        active.isConnected(),
        told.map(RuleUsage.Told::at).orElse(null),
        told.filter(RuleUsage.Told::isLate).isPresent(),
        told.map(RuleUsage.Told::uses).orElse(List.of()).stream()
            .collect(
                Collectors.groupingBy(RuleUse::generation, TreeMap::new, Collectors.counting())),
        targets.of(project));
  }
}
