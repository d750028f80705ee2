package io.assay.web.aside;

import io.assay.stream.repair.Ends;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.ReplayNote;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Replaying what was put aside: one, or all that fit, each after a word of confirmation. */
@Page
class ReplayPages {
  /** As many are counted before; as many are done at once, so that an answer comes in time. */
  private static final int MOST_COUNTED = 1000;

  private static final int AT_ONCE = 500;

  private final AsideRecords records;
  private final Replays replays;

  ReplayPages(AsideRecords records, Replays replays) {
    this.records = records;
    this.replays = replays;
  }

  /**
   * How, as a form says it.
   *
   * @param confirmed {@code yes}, or nothing is done
   */
  record Form(ReplayNote.Way way, boolean again, String confirmed) {
    boolean isConfirmed() {
      return confirmed.equals("yes");
    }

    static Form of(Map<String, String> sent) {
      return new Form(
          sent.getOrDefault("how", "append").equals("rejudge")
              ? ReplayNote.Way.REJUDGE
              : ReplayNote.Way.APPEND,
          sent.containsKey("again"),
          sent.getOrDefault("confirmed", ""));
    }

    Replays.Wish wish(String project, boolean late, SignedIn person) {
      return new Replays.Wish(project, late, way, again, false, person.name());
    }
  }

  @PostMapping("/p/{project}/dead-letters/{position}/replay")
  String one(
      @PathVariable String project,
      @PathVariable String position,
      @RequestParam Map<String, String> sent,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    AsideQuery query = AsideQuery.of(project, sent);
    Form form = Form.of(sent);
    String back = "redirect:/p/{project}/dead-letters/{position}" + query.query("", "");
    String text = sent.get("text");
    if (!form.isConfirmed()) {
      next.addFlashAttribute("unconfirmed", true);
      keep(text, next);
      return back;
    }
    try {
      Position where = AsideRecords.position(position);
      AsideRecords.Noted noted = records.one(project, query.late(), where);
      byte[] edited = text == null ? null : PayloadView.of(noted.record()).edited(text);
      Replays.Result result =
          replays.named(form.wish(project, query.late(), person), List.of(where), edited);
      AsidePages.Told told = AsidePages.Told.of(result);
      next.addFlashAttribute("told", told);
      if (told.done().replayed() == 0) {
        keep(text, next);
      }
    } catch (Refused refused) {
      next.addFlashAttribute("trouble", refused.detail());
      keep(text, next);
    }
    return back;
  }

  /** What was typed is not lost because it was not taken. */
  private static void keep(@Nullable String text, RedirectAttributes next) {
    if (text != null) {
      next.addFlashAttribute("typed", text);
    }
  }

  /** How many would be replayed, and a button. */
  @GetMapping("/p/{project}/dead-letters/replay")
  String ask(
      @PathVariable String project, @RequestParam Map<String, String> parameters, Model model) {
    AsideQuery query = AsideQuery.of(project, parameters);
    model.addAttribute("here", "dead-letters");
    model.addAttribute("canRejudge", replays.canRejudge());
    try {
      AsideRecords.Listing listing = records.list(query.requireClear(), MOST_COUNTED);
      model.addAttribute("query", query.upTo(listing.upTo()));
      model.addAttribute("count", listing.records().size());
      model.addAttribute("more", listing.next() != null);
      model.addAttribute(
          "before", listing.records().stream().filter(one -> one.note().isPresent()).count());
      model.addAttribute("after", query.after().map(Position::toString).orElse(""));
    } catch (Refused refused) {
      throw new ResponseStatusException(refused.status(), refused.detail(), refused);
    }
    return "dead-letters-replay";
  }

  @PostMapping("/p/{project}/dead-letters/replay")
  String all(
      @PathVariable String project,
      @RequestParam Map<String, String> sent,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    AsideQuery query = AsideQuery.of(project, sent);
    Form form = Form.of(sent);
    String after = query.after().map(Position::toString).orElse("");
    String again = "redirect:/p/{project}/dead-letters/replay";
    if (!form.isConfirmed()) {
      next.addFlashAttribute("unconfirmed", true);
      return again + query.goingOn(after);
    }
    try {
      Replays.Result result =
          replays.fitting(
              form.wish(project, query.late(), person),
              query.requireClear().filter(),
              query.after().orElse(null),
              AT_ONCE);
      next.addFlashAttribute("told", AsidePages.Told.of(result));
      Position more = result.next();
      Ends upTo = result.upTo();
      return more == null || upTo == null
          ? "redirect:/p/{project}/dead-letters" + query.query("", "")
          : again + query.upTo(upTo).goingOn(more.toString());
    } catch (Refused refused) {
      next.addFlashAttribute("trouble", refused.detail());
      return again + query.goingOn(after);
    }
  }
}
