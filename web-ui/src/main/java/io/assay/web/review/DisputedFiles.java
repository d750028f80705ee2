package io.assay.web.review;

import static io.assay.web.system.CsvText.text;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.review.Standing.Status;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All that reviewers disagree about, for spreadsheets. */
@Page
class DisputedFiles {
  private static final List<String> COLUMNS =
      List.of("id", "round", "assertion", "stream", "label", "at", "severity");

  private final ReviewQueue queue;
  private final Access access;
  private final CsvFiles files;

  DisputedFiles(ReviewQueue queue, Access access, CsvFiles files) {
    this.queue = queue;
    this.access = access;
    this.files = files;
  }

  /** What is private is there for those who may review. */
  @GetMapping("/p/{project}/review/disputed.csv")
  void disputed(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletResponse response)
      throws IOException {
    boolean clear =
        access.role(person, project).filter(role -> role.covers(Role.REVIEWER)).isPresent();
    files.<ReviewQueue.After>send(
        response,
        "disputed.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                queue.waiting(project, Status.DISPUTED, "", "", after, CsvFiles.PART),
                CsvFiles.PART,
                item -> cells(item, clear),
                item -> new ReviewQueue.After(item.rank(), item.id())));
  }

  private static List<String> cells(ReviewItem item, boolean clear) {
    ReviewPages.Disputed shown = ReviewPages.Disputed.of(item, clear);
    return List.of(
        text(shown.id()),
        Long.toString(item.round()),
        text(shown.assertion()),
        text(shown.stream()),
        text(shown.label()),
        item.at().toString(),
        Double.toString(item.severity()));
  }
}
