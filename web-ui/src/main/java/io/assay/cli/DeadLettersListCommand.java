package io.assay.cli;

import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.ReplayNotes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** Lists records that were put aside, a page at a time. */
@Command(name = "list", description = "Lists what was put aside, the oldest first.")
final class DeadLettersListCommand implements Callable<ExitStatus> {
  private static final int MOST = 1000;

  @Spec CommandSpec spec;

  @Mixin AsideFilterOptions wanted = new AsideFilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, up to 1000 (default: ${DEFAULT-VALUE}).")
  int limit = 50;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on behind this one, where the page before ended.")
  @Nullable String after;

  @Mixin FormatOption answer = new FormatOption();

  @Mixin AsideOptions aside = new AsideOptions();

  @Override
  public ExitStatus call() {
    CommandLine command = spec.commandLine();
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(command, "--limit needs 1 to 1000, got " + limit);
    }
    Position from = after == null ? null : AsideOptions.position(after);
    AsideFilter filter = wanted.of(aside.project);
    aside.read(
        command,
        reader -> {
          AsideReader.Page page = reader.page(filter, from, limit);
          write(
              page, ReplayNotes.read(aside.clients(command), aside.topics(command), aside.project));
          return page;
        });
    return ExitStatus.WELL;
  }

  private void write(AsideReader.Page page, ReplayNotes notes) {
    PrintWriter out = spec.commandLine().getOut();
    Position next = page.next();
    switch (answer.format) {
      case text -> {
        page.records().forEach(each -> AsideText.line(each, notes.of(each), out));
        if (next != null) {
          spec.commandLine().getErr().println("there are more: --after " + next);
        } else if (page.records().isEmpty()) {
          spec.commandLine().getErr().println("nothing was put aside that fits");
        }
      }
      case json -> {
        try (JsonGenerator json = JsonOutput.to(out)) {
          json.writeStartObject();
          json.writeArrayPropertyStart("records");
          page.records().forEach(each -> AsideJson.brief(each, notes.of(each), json));
          json.writeEndArray();
          if (next != null) {
            json.writeStringProperty("next", next.toString());
          }
          json.writeEndObject();
        }
        out.println();
      }
    }
    out.flush();
  }
}
