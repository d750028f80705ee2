package io.assay.cli;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.rule.ir.Model;
import io.assay.stability.Gate;
import io.assay.stability.Gate.Line;
import io.assay.stability.Gate.Measure;
import io.assay.stability.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A refresh that changes too much ends with status 1. */
@Command(
    name = "gate",
    description =
        "Ends with 0 where a new embedding is near enough to the old one, with 1 where it is not.")
final class StabilityGateCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "A B", arity = "2", description = "The old and the new embedding.")
  List<Path> pair = List.of();

  @Option(names = "--max-eis", paramLabel = "X", description = "The most instability.")
  @Nullable Double eis;

  @Option(
      names = "--min-neighbours",
      paramLabel = "X",
      description = "The least share of nearest neighbours that are kept.")
  @Nullable Double shared;

  @Option(names = "--max-displacement", paramLabel = "X", description = "The most displacement.")
  @Nullable Double displacement;

  @Option(names = "--max-pip", paramLabel = "X", description = "The most PIP loss.")
  @Nullable Double pip;

  @Option(names = "--min-overlap", paramLabel = "X", description = "The least overlap.")
  @Nullable Double overlap;

  @Option(
      names = "--min-coverage",
      paramLabel = "X",
      description = "The least share of all items that both have.")
  @Nullable Double coverage;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "5",
      description = "How many nearest neighbours are compared (default: ${DEFAULT-VALUE}).")
  int neighbours = 5;

  @Option(
      names = "--rules",
      paramLabel = "RULES",
      description = "Says which models read the embeddings, and so would break.")
  List<Path> rules = List.of();

  @Option(
      names = "--embeddings",
      paramLabel = "NAME",
      description = "Which of the rules' embeddings they are; not needed where there is one.")
  @Nullable String embeddings;

  @Mixin FormatOption answer = new FormatOption();

  @Override
  public ExitStatus call() {
    Gate gate = gate();
    Optional<Declared> declared = declared();
    List<Model> readers = declared.map(Declared::readers).orElse(List.of());
    StabilityGate.Measured measured =
        StabilityGate.measure(pair, Settings.usual().withNeighbours(neighbours));
    declared.ifPresent(one -> check(one, measured));
    List<Line> lines = gate.lines(measured.found());
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> StabilityGate.text(lines, measured, readers, out);
      case json -> StabilityGate.json(lines, measured, readers, out);
    }
    out.flush();
    return switch (Gate.outcome(lines)) {
      case PASS -> ExitStatus.WELL;
      case FAIL -> ExitStatus.CHECK_FAILED;
      case UNDECIDED -> ExitStatus.COULD_NOT_RUN;
    };
  }

  private Gate gate() {
    Map<Measure, Double> bounds = new EnumMap<>(Measure.class);
    put(Measure.EIS, eis, bounds);
    put(Measure.NEIGHBOURS, shared, bounds);
    put(Measure.DISPLACEMENT, displacement, bounds);
    put(Measure.PIP, pip, bounds);
    put(Measure.OVERLAP, overlap, bounds);
    put(Measure.COVERAGE, coverage, bounds);
    if (bounds.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "needs a bound, as in --max-eis 0.15; got none");
    }
    try {
      return new Gate(bounds);
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), String.valueOf(bad.getMessage()), bad);
    }
  }

  private static void put(Measure measure, @Nullable Double bound, Map<Measure, Double> bounds) {
    if (bound != null) {
      bounds.put(measure, bound);
    }
  }

  /** What the rules say of the embeddings. */
  private record Declared(Embeddings embeddings, List<Model> readers) {
    int dimensions() {
      return ((Type.Vector) embeddings.vector().type()).dimension();
    }
  }

  private void check(Declared declared, StabilityGate.Measured measured) {
    int dimensions = measured.compared().embeddings().getLast().dimensions();
    if (dimensions != declared.dimensions()) {
      throw CommandFailure.couldNotRun(
          "the rules declare '%s' with %d numbers, %s has %d"
              .formatted(
                  declared.embeddings().name(), declared.dimensions(), pair.getLast(), dimensions));
    }
  }

  private Optional<Declared> declared() {
    if (rules.isEmpty()) {
      if (embeddings != null) {
        throw new ParameterException(
            spec.commandLine(), "--embeddings names some of --rules; give those, too");
      }
      return Optional.empty();
    }
    List<CheckedRules> sets =
        RuleSets.checked(rules, Map.of(), spec.commandLine().getErr())
            .orElseThrow(() -> CommandFailure.checkFailed("the rules have errors"));
    if (sets.size() != 1) {
      throw CommandFailure.wrongUse("--rules needs one rule set, got %d".formatted(sets.size()));
    }
    CheckedRules checked = sets.getFirst();
    List<String> names =
        checked.declared().embeddings().stream().map(declared -> declared.name()).toList();
    String name = embeddings != null ? embeddings : names.size() == 1 ? names.getFirst() : "";
    if (!names.contains(name)) {
      throw CommandFailure.wrongUse(
          "--embeddings needs one of %s, got %s"
              .formatted(
                  names.isEmpty() ? "the rules', which declare none" : String.join(", ", names),
                  name.isEmpty() ? "nothing" : "'" + name + "'"));
    }
    return checked.declared().embeddings().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .map(one -> new Declared(one, checked.readers(name)));
  }
}
