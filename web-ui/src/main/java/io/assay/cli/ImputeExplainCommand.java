package io.assay.cli;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where an imputer looks. */
@Command(
    name = "explain",
    description = "Says for each column how much every other one is looked at, in hundredths.")
final class ImputeExplainCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "What 'impute train' wrote.")
  Path model = Path.of("");

  @Option(names = "--svg", paramLabel = "FILE", description = "The same as a picture.")
  @Nullable Path svg;

  @Override
  public ExitStatus call() {
    AimNet imputer = ImputeFiles.imputer(model);
    List<Column> columns = imputer.schema().columns();
    PrintWriter out = spec.commandLine().getOut();
    int widest = columns.stream().mapToInt(column -> column.name().length()).max().orElse(1);
    out.printf("%" + (widest + 4) + "s", "");
    for (int b = 0; b < columns.size(); b++) {
      out.printf("%4d", b + 1);
    }
    out.println();
    for (int a = 0; a < columns.size(); a++) {
      out.printf("%3d %-" + widest + "s", a + 1, columns.get(a).name());
      for (int b = 0; b < columns.size(); b++) {
        double share = imputer.attention(columns.get(a), columns.get(b));
        out.printf("%4s", a == b ? "·" : String.valueOf(Math.round(100 * share)));
      }
      out.println();
    }
    out.flush();
    if (svg != null) {
      ImputeFiles.write(picture(imputer, columns).getBytes(StandardCharsets.UTF_8), svg);
    }
    return ExitStatus.WELL;
  }

  private static String picture(AimNet imputer, List<Column> columns) {
    int cell = 22;
    int left = 12 + 7 * columns.stream().mapToInt(c -> c.name().length()).max().orElse(1);
    int size = left + cell * columns.size() + 8;
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" font-family="sans-serif" \
        font-size="12" role="img" aria-label="How much each column (row) looks at another (column)">
        """
            .formatted(size));
    for (int a = 0; a < columns.size(); a++) {
      String name = escaped(columns.get(a).name());
      int middle = left + a * cell + cell / 2 + 4;
      svg.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
              .formatted(left - 6, middle, name));
      svg.append(
          "<text transform=\"translate(%d %d) rotate(-90)\">%s</text>%n"
              .formatted(middle, left - 6, name));
      for (int b = 0; b < columns.size(); b++) {
        double share = imputer.attention(columns.get(a), columns.get(b));
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#08519c\""
                    + " fill-opacity=\"%.3f\" stroke=\"#ddd\"><title>%s looks at %s: %.1f %%"
                    + "</title></rect>%n",
                left + b * cell,
                left + a * cell,
                cell,
                cell,
                share,
                name,
                escaped(columns.get(b).name()),
                100 * share));
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
