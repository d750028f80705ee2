package io.assay.web.erasure;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.access.SignedIn;
import io.assay.web.admin.AdminTab;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Erases all that is kept of a key, and says what is left where. */
@Page
class ErasurePage {
  static final int LONGEST = 1000;
  private static final int SIZE = 20;

  private final Erasures erasures;
  private final ActiveRules rules;

  ErasurePage(Erasures erasures, ActiveRules rules) {
    this.erasures = erasures;
    this.rules = rules;
  }

  /** A request as it is shown. */
  record Row(Moment asked, Erasures.Job job, List<TaskRow> tasks) {
    static Row of(Erasures.Job job) {
      return new Row(new Moment(job.asked()), job, job.tasks().stream().map(TaskRow::of).toList());
    }

    /** How many tasks have forgotten it. */
    public long forgotten() {
      return tasks.stream().filter(task -> task.at() != null).count();
    }

    public boolean over() {
      return job.status().equals("DONE");
    }
  }

  /** A task of the processors; {@code at}: when it has forgotten, null where it has not yet. */
  record TaskRow(String application, String task, @Nullable Moment at, long gone) {
    static TaskRow of(ErasedTasks.Task task) {
      Instant at = task.at();
      return new TaskRow(
          task.application(), task.task(), at == null ? null : new Moment(at), task.gone());
    }
  }

  @GetMapping("/p/{project}/erasure")
  String show(
      @PathVariable String project, @RequestParam(defaultValue = "") String after, Model model) {
    AdminTab.ERASURE.show(model);
    List<Erasures.Job> found = erasures.of(project, Erasures.place(after), SIZE + 1);
    List<Row> rows = found.stream().limit(SIZE).map(Row::of).toList();
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", found.size() > SIZE ? Long.toString(found.get(SIZE - 1).id()) : "");
    model.addAttribute("rows", rows);
    model.addAttribute("running", rows.stream().anyMatch(row -> !row.over()));
    model.addAttribute(
        "streams",
        rules.of(project).map(CheckedRules::streams).orElse(List.of()).stream()
            .map(StreamType::name)
            .toList());
    return "erasure";
  }

  /** {@code confirmed}: the key once more, so that a slip erases nobody else. */
  @PostMapping("/p/{project}/erasure")
  String ask(
      @PathVariable String project,
      @RequestParam String stream,
      @RequestParam String key,
      @RequestParam(defaultValue = "") String confirmed,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (stream.isBlank() || key.isEmpty() || key.length() > LONGEST || !key.equals(confirmed)) {
      next.addFlashAttribute("refused", true);
    } else {
      long unused = erasures.ask(project, person.name(), stream.strip(), key);
      next.addFlashAttribute("done", true);
    }
    return "redirect:/p/{project}/erasure";
  }
}
