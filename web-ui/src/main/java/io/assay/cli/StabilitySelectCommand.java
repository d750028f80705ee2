package io.assay.cli;

import io.assay.cli.StabilityTable.Chosen;
import io.assay.cli.StabilityTable.Judged;
import io.assay.cli.StabilityTable.Measure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** Which dimension and precision to take, and which measure to believe. */
@Command(
    name = "select",
    description =
        "Says how well each measure told what models disagree on, and what it chooses within a"
            + " memory.")
final class StabilitySelectCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      description =
          "CSV: algo, seed, dim, bits; eis, neighbours, displacement, pip, overlap; dis_TASK.")
  Path table = Path.of("");

  @Option(
      names = "--memory",
      paramLabel = "BITS",
      description = "The most that a vector may take: dimensions times bits.")
  @Nullable Double memory;

  @Mixin FormatOption answer = new FormatOption();

  @Override
  public ExitStatus call() {
    StabilityTable read = StabilityTable.read(table);
    if (read.disagreements().isEmpty() && memory == null) {
      throw new ParameterException(
          spec.commandLine(),
          "needs columns dis_… to judge measures by, or --memory to choose within; got neither");
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> read.kinds().forEach((kind, some) -> text(kind, some, out));
      case json -> json(read, out);
    }
    out.flush();
    return ExitStatus.WELL;
  }

  private void text(String kind, StabilityTable some, PrintWriter out) {
    List<String> tasks = some.disagreements();
    out.printf(
        "%s%d settings, %d kinds of disagreement%n",
        kind.isEmpty() ? "" : kind + ": ", some.settings(), tasks.size());
    if (!tasks.isEmpty()) {
      out.println("                rank correlation  wrong pairs  excess at a memory");
      for (Measure measure : some.measures()) {
        Judged judged = some.judged(measure);
        out.printf(
            "  %-13s %16s %12s %19s%n",
            measure.title(),
            digits("%.3f", judged.correlation(), 1),
            digits("%.1f %%", judged.wrongPairs(), 100),
            digits("%.2f", judged.excess(), 1));
      }
    }
    if (memory != null) {
      for (Measure measure : some.measures()) {
        Optional<Chosen> chosen = some.within(memory, measure);
        out.printf(
            "  within %s bits %s chooses %s%n",
            number(memory),
            measure.title(),
            chosen
                .map(c -> "%s dimensions of %s bits".formatted(c.dim(), c.bits()))
                .orElse("nothing: all are larger"));
      }
    }
  }

  private static String digits(String format, OptionalDouble value, double factor) {
    return value.isPresent()
        ? String.format(Locale.ROOT, format, value.getAsDouble() * factor)
        : "-";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private void json(StabilityTable read, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("kinds");
      read.kinds().forEach((kind, some) -> json(kind, some, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private void json(String kind, StabilityTable some, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("algo", kind);
    json.writeNumberProperty("settings", some.settings());
    json.writeArrayPropertyStart("measures");
    for (Measure measure : some.measures()) {
      json.writeStartObject();
      json.writeStringProperty("measure", measure.name().toLowerCase(Locale.ROOT));
      Judged judged = some.judged(measure);
      value("spearman", judged.correlation(), json);
      value("pairError", judged.wrongPairs(), json);
      value("budgetError", judged.excess(), json);
      if (memory != null) {
        json.writeName("chosen");
        some.within(memory, measure).ifPresentOrElse(c -> chosen(c, json), json::writeNull);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void chosen(Chosen chosen, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("dim", Double.parseDouble(chosen.dim()));
    json.writeNumberProperty("bits", Double.parseDouble(chosen.bits()));
    json.writeNumberProperty("value", chosen.value());
    json.writeEndObject();
  }

  private static void value(String name, OptionalDouble value, JsonGenerator json) {
    json.writeName(name);
    value.ifPresentOrElse(json::writeNumber, json::writeNull);
  }
}
