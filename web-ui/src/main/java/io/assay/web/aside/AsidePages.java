package io.assay.web.aside;

import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What was put aside: the list, and one with its bytes. */
@Page
class AsidePages {
  private static final int SHOWN = 50;

  /** As processors write them; others can be typed into the address. */
  private static final List<String> CAUSES =
      List.of(
          "broken-json",
          "no-key",
          "no-time",
          "no-id",
          "no-version",
          "broken-cloudevent",
          "broken-payload",
          "broken-vector",
          "broken-marker",
          "too-large",
          "unpaired",
          "judge-failed",
          "join-failed",
          "serving-failed");

  private static final List<String> REASONS = List.of("late", "future");

  private final AsideRecords records;
  private final Replays replays;
  private final ActiveRules rules;
  private final Access access;
  private final CsvFiles files;

  AsidePages(
      AsideRecords records, Replays replays, ActiveRules rules, Access access, CsvFiles files) {
    this.records = records;
    this.replays = replays;
    this.rules = rules;
    this.access = access;
    this.files = files;
  }

  /** What a replay did, said on the page that follows. */
  record Told(AsideItems.Done done, List<String> refusals) {
    private static final int MOST = 10;

    static Told of(Replays.Result result) {
      AsideItems.Done done = AsideItems.Done.of(result, false);
      return new Told(
          done,
          done.outcomes().stream()
              .filter(one -> one.kind() == AsideItems.Kind.REFUSED)
              .limit(MOST)
              .map(one -> one.position() + ": " + one.detail())
              .toList());
    }

    /** Of a single one, what became of it. */
    public String detail() {
      return done.outcomes().size() == 1 ? done.outcomes().getFirst().detail() : "";
    }
  }

  @GetMapping("/p/{project}/dead-letters")
  String list(
      @PathVariable String project,
      @RequestParam Map<String, String> parameters,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      HttpServletResponse response) {
    AsideQuery query = AsideQuery.of(project, parameters);
    model.addAttribute("here", "dead-letters");
    model.addAttribute("query", query);
    model.addAttribute("causes", choices(query, "cause", query.late() ? REASONS : CAUSES));
    model.addAttribute("streams", choices(query, "stream", streams(project)));
    model.addAttribute("repairs", covers(person, project, Role.AUTHOR));
    model.addAttribute("rows", List.of());
    try {
      AsideRecords.Listing listing = records.list(query, SHOWN);
      boolean clear = covers(person, project, Role.REVIEWER);
      model.addAttribute(
          "rows", listing.records().stream().map(one -> AsideRow.of(one, clear)).toList());
      Position next = listing.next();
      model.addAttribute("next", next == null ? null : next.toString());
    } catch (Refused refused) {
      response.setStatus(refused.status().value());
      model.addAttribute("trouble", refused.detail());
    }
    return "dead-letters";
  }

  /** All of them, as they are filtered. */
  @GetMapping("/p/{project}/dead-letters.csv")
  void csv(
      @PathVariable String project,
      @RequestParam Map<String, String> parameters,
      @AuthenticationPrincipal SignedIn person,
      HttpServletResponse response)
      throws IOException {
    AsideQuery query = AsideQuery.of(project, parameters).requireClear();
    files.send(
        response,
        query.late() ? "late-events.csv" : "dead-letters.csv",
        AsideCsv.HEAD,
        new AsideCsv(records, query, covers(person, project, Role.REVIEWER)));
  }

  /** What was chosen is among them, so that the form shows what the address says. */
  private static List<String> choices(AsideQuery query, String name, List<String> known) {
    var all = new TreeSet<>(known);
    String chosen = query.shown(name);
    return chosen.isEmpty() || !all.add(chosen) ? known : List.copyOf(all);
  }

  private List<String> streams(String project) {
    return rules
        .of(project)
        .map(known -> known.streams().stream().map(one -> one.name()).sorted().toList())
        .orElse(List.of());
  }

  @GetMapping("/p/{project}/dead-letters/{position}")
  String show(
      @PathVariable String project,
      @PathVariable String position,
      @RequestParam Map<String, String> parameters,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    AsideQuery query = AsideQuery.of(project, parameters);
    try {
      AsideRecords.Noted noted =
          records.one(project, query.late(), AsideRecords.position(position));
      show(noted, covers(person, project, Role.REVIEWER), model);
    } catch (Refused refused) {
      throw new ResponseStatusException(refused.status(), refused.detail(), refused);
    }
    model.addAttribute("here", "dead-letters");
    model.addAttribute("query", query);
    model.addAttribute("repairs", covers(person, project, Role.AUTHOR));
    model.addAttribute("canRejudge", replays.canRejudge());
    return "dead-letter";
  }

  private static void show(AsideRecords.Noted noted, boolean clear, Model model) {
    PutAside record = noted.record();
    model.addAttribute("row", AsideRow.of(noted, clear));
    model.addAttribute("clear", clear);
    if (clear) {
      model.addAttribute("payload", PayloadView.of(record));
      model.addAttribute("key", PayloadView.shown(record.key()));
      model.addAttribute(
          "headers",
          record.headers().stream()
              .map(one -> Map.entry(one.key(), PayloadView.shown(one.value())))
              .toList());
    }
  }

  private boolean covers(SignedIn person, String project, Role needed) {
    return access.role(person, project).filter(role -> role.covers(needed)).isPresent();
  }
}
