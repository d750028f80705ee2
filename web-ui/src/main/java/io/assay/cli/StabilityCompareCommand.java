package io.assay.cli;

import io.assay.stability.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two files of vectors, or a list of pairs of them. */
@Command(
    name = "compare",
    description =
        "Compares two embeddings of the same items: NumPy's .npy, word2vec's or GloVe's text, also"
            + " with gzip.")
final class StabilityCompareCommand implements Callable<ExitStatus> {
  private static final int MOST_NEAR = 1_000;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "A B", arity = "0..2", description = "The old and the new embedding.")
  List<Path> pair = List.of();

  @Option(
      names = "--anchors",
      arity = "2",
      paramLabel = "FILE",
      description = "The two embeddings that say which directions matter. Default: the pair.")
  List<Path> anchors = List.of();

  @Option(
      names = "--alpha",
      paramLabel = "A",
      defaultValue = "3",
      description = "How much the anchors' strong directions count (default: ${DEFAULT-VALUE}).")
  double alpha = 3;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "5",
      description = "How many nearest neighbours are compared (default: ${DEFAULT-VALUE}).")
  int neighbours = 5;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description =
          "The items whose neighbours are compared, a name or a row from 0 a line. Default: 1,000,"
              + " evenly spaced.")
  @Nullable Path queries;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      defaultValue = "1e-9",
      description = "What rounding may change of EIS and overlap (default: ${DEFAULT-VALUE}).")
  double tolerance = 1e-9;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute. Default: as many as there are processors.")
  @Nullable Integer threads;

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = "Jobs as JSON Lines instead of A and B; answers are JSON Lines in their order.")
  @Nullable Path batch;

  @Option(
      names = "--near",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of so many items that moved most, what was near them and is now, as many as"
              + " --neighbours says (0 to 1,000, default: ${DEFAULT-VALUE}).")
  int near;

  @Mixin FormatOption answer = new FormatOption();

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    if (batch != null) {
      if (!pair.isEmpty() || !anchors.isEmpty() || queries != null || near != 0) {
        throw new ParameterException(
            spec.commandLine(),
            "--batch names files in its jobs; give no others, and no --near, beside it");
      }
      return new StabilityBatch(batch, settings(), out, spec.commandLine().getErr()).run();
    }
    if (pair.size() != 2) {
      throw new ParameterException(
          spec.commandLine(), "needs two embeddings or --batch, got %d".formatted(pair.size()));
    }
    if (near < 0 || near > MOST_NEAR) {
      throw new ParameterException(
          spec.commandLine(), "--near needs 0 to %,d, got %d".formatted(MOST_NEAR, near));
    }
    StabilityFiles.Compared compared =
        StabilityFiles.compare(pair, anchors, settings(), StabilityFiles.queries(queries));
    List<StabilityNear> around =
        near == 0 ? List.of() : StabilityNear.of(compared, near, neighbours);
    switch (answer.format) {
      case text -> StabilityText.write(compared, around, out);
      case json -> StabilityJson.write(compared, around, out);
    }
    out.flush();
    return ExitStatus.WELL;
  }

  private Settings settings() {
    try {
      Settings settings =
          Settings.usual().withAlpha(alpha).withNeighbours(neighbours).withTolerance(tolerance);
      return threads == null ? settings : settings.withThreads(threads);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
