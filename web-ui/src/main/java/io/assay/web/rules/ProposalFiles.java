package io.assay.web.rules;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All that was proposed to a second person, for spreadsheets. */
@Page
class ProposalFiles {
  private static final List<String> COLUMNS =
      List.of(
          "proposal",
          "proposed",
          "by",
          "assertions",
          "note",
          "follows",
          "state",
          "decided",
          "decided_by",
          "reason",
          "generation");

  private final RuleProposals proposals;
  private final CsvFiles files;

  ProposalFiles(RuleProposals proposals, CsvFiles files) {
    this.proposals = proposals;
    this.files = files;
  }

  @GetMapping("/p/{project}/rules/proposals.csv")
  void proposals(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<Long>send(
        response,
        "proposals.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                proposals.newest(
                    project,
                    Optional.empty(),
                    after.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    CsvFiles.PART),
                CsvFiles.PART,
                ProposalFiles::cells,
                RuleProposal::id));
  }

  private static List<String> cells(RuleProposal one) {
    Optional<RuleProposal.Decision> decision = one.decision();
    OptionalLong generation =
        decision.map(RuleProposal.Decision::generation).orElseGet(OptionalLong::empty);
    return List.of(
        Long.toString(one.id()),
        one.at().iso(),
        text(one.author()),
        text(String.join(", ", one.assertions())),
        text(one.note()),
        Long.toString(one.base()),
        one.state().name().toLowerCase(Locale.ROOT),
        decision.map(made -> made.at().iso()).orElse(""),
        text(decision.map(RuleProposal.Decision::by).orElse("")),
        text(decision.map(RuleProposal.Decision::reason).orElse("")),
        generation.isPresent() ? Long.toString(generation.getAsLong()) : "");
  }
}
