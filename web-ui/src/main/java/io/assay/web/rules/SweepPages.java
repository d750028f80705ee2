package io.assay.web.rules;

import io.assay.assertion.rule.MovableLimit;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.backtests.SweepPlan;
import io.assay.web.system.Page;
import io.assay.web.system.TimePlace;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An assertion with several thresholds over past events: asked for, watched, and drafted. */
@Page
class SweepPages {
  private static final int SIZE = 25;

  private final Backtests backtests;
  private final SweepAsking asking;
  private final ActiveRules active;
  private final Clock clock;

  SweepPages(Backtests backtests, SweepAsking asking, ActiveRules active, Clock clock) {
    this.backtests = backtests;
    this.asking = asking;
    this.active = active;
    this.clock = clock;
  }

  /** One of the list: its backtest, and what is moved. */
  record Row(BacktestLine job, SweepPlan plan) {
    static Row of(BacktestRow row) {
      return new Row(
          BacktestLine.of(row), Objects.requireNonNull(row.sweep(), "asked for as a sweep"));
    }

    public String from() {
      return plan.shown(plan.values().getFirst());
    }

    public String to() {
      return plan.shown(plan.values().getLast());
    }
  }

  /** What a person typed. */
  record Typed(String limit, String low, String high, int steps, int hours, String until) {}

  /** {@code limit}: the number that is to be moved; the first where none is chosen. */
  @GetMapping("/p/{project}/assertions/{name}/sweeps")
  String list(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String limit,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    List<MovableLimit> limits = asking.limits(project, name);
    Optional<MovableLimit> chosen =
        limits.stream()
            .filter(one -> one.id().equals(limit))
            .findFirst()
            .or(() -> limits.stream().findFirst());
    var typed =
        new Typed(
            chosen.map(MovableLimit::id).orElse(""),
            chosen.map(one -> SweepAsking.low(one).toPlainString()).orElse(""),
            chosen.map(one -> SweepAsking.high(one).toPlainString()).orElse(""),
            SweepAsking.USUAL_STEPS,
            24,
            "");
    return list(project, name, limits, typed, after, model);
  }

  private String list(
      String project,
      String name,
      List<MovableLimit> limits,
      Typed typed,
      String after,
      Model model) {
    List<BacktestRow> found =
        backtests.sweeps(project, name, TimePlace.read("after", after), SIZE + 1);
    model.addAttribute("here", "assertions");
    model.addAttribute("name", name);
    model.addAttribute("limits", limits);
    model.addAttribute(
        "chosen",
        limits.stream().filter(one -> one.id().equals(typed.limit())).findFirst().orElse(null));
    model.addAttribute("typed", typed);
    model.addAttribute("most", SweepPlan.MOST);
    model.addAttribute("rows", found.stream().limit(SIZE).map(Row::of).toList());
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", found.size() > SIZE ? found.get(SIZE - 1).place().text() : "");
    return "sweeps";
  }

  /**
   * Asks for one, or shows what was typed again with why nothing was judged.
   *
   * @param low the least threshold, {@code high} the greatest, in the number's unit
   * @param hours how long the range is
   * @param until its end: RFC 3339, or as a browser's field has it, in UTC; empty for now
   */
  @PostMapping("/p/{project}/assertions/{name}/sweeps")
  String begin(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String limit,
      @RequestParam(defaultValue = "") String low,
      @RequestParam(defaultValue = "") String high,
      @RequestParam(defaultValue = "12") int steps,
      @RequestParam(defaultValue = "24") int hours,
      @RequestParam(defaultValue = "") String until,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    try {
      PastRange range = PastRange.back(hours, until, clock);
      var wish =
          new SweepAsking.Wish(limit, number("low", low), number("high", high), steps, range);
      next.addAttribute("id", asking.begin(project, name, wish, person));
      return "redirect:/p/{project}/sweeps/{id}";
    } catch (IllegalStateException | IllegalArgumentException no) {
      model.addAttribute("unjudged", no.getMessage());
      var typed = new Typed(limit, low, high, steps, PastRange.hours(hours), until);
      return list(project, name, asking.limits(project, name), typed, "", model);
    }
  }

  @SuppressWarnings("NullAway") // Of a wish, where nothing was typed.
  private static @Nullable BigDecimal number(String what, String text) {
    if (text.isBlank()) {
      return null;
    }
    return read(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s needs a number, got '%s'".formatted(what, text.strip())));
  }

  private static Optional<BigDecimal> read(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip())).filter(n -> Math.abs(n.scale()) < 100);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** How far it is, or what came of it; {@code at}: the threshold that is looked at. */
  @GetMapping("/p/{project}/sweeps/{id}")
  String show(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String at,
      Model model) {
    Row row = Row.of(asking.row(project, id));
    Optional<BigDecimal> asked = read(at);
    model.addAttribute("here", "assertions");
    model.addAttribute("name", row.plan().assertion());
    model.addAttribute("job", row.job());
    model.addAttribute("row", row);
    model.addAttribute("unread", !at.isBlank() && asked.isEmpty() ? at : null);
    model.addAttribute(
        "sweep",
        backtests
            .swept(project, id)
            .map(told -> SweepLines.of(row.plan(), told, asked))
            .orElse(null));
    return "sweep";
  }

  /** Stops it; what it has judged by then is not told. */
  @PostMapping("/p/{project}/sweeps/{id}/cancel")
  String cancel(@PathVariable String project, @PathVariable String id) {
    if (asking.row(project, id).state().isOpen()) {
      backtests.cancel(project, id);
    }
    return "redirect:/p/{project}/sweeps/{id}";
  }

  /** The rules' editor with a threshold that was tried; nothing is published by that. */
  @GetMapping("/p/{project}/sweeps/{id}/edit")
  String edit(
      @PathVariable String project,
      @PathVariable String id,
      @RequestParam BigDecimal at,
      Model model,
      RedirectAttributes next) {
    SweepPlan plan = Row.of(asking.row(project, id)).plan();
    try {
      RuleDraft draft = asking.draft(project, plan, at);
      Optional<RuleGeneration> now = active.generation(project);
      model.addAttribute("here", "rules");
      model.addAttribute("draft", draft);
      model.addAttribute("now", now.map(one -> GenerationRow.of(one.set())).orElse(null));
      model.addAttribute(
          "readOnly", now.filter(one -> one.set().origin().home().isFiles()).isPresent());
      return "rules-edit";
    } catch (IllegalArgumentException changed) {
      next.addFlashAttribute("unjudged", changed.getMessage());
      return "redirect:/p/{project}/sweeps/{id}";
    }
  }
}
