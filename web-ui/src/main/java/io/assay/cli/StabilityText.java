package io.assay.cli;

import io.assay.stability.Displacement.Moved;
import io.assay.stability.NearestItems.Near;
import io.assay.stability.StabilityReport;
import io.assay.stability.Terms;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A comparison for people: each measure with what it says. */
final class StabilityText {
  private static final int MOVED = 10;

  private StabilityText() {}

  static void write(StabilityFiles.Compared compared, List<StabilityNear> around, PrintWriter out) {
    StabilityReport report = compared.report();
    Terms terms = report.terms();
    out.printf(
        Locale.ROOT,
        "%d of %d items, %d and %d dimensions, rank %d and %d, condition %s%n",
        report.rows(),
        compared.items(),
        terms.x().dimensions(),
        terms.y().dimensions(),
        terms.x().rank(),
        terms.y().rank(),
        digits(terms.condition()));
    line(out, "EIS", terms.eis(), eis(report));
    line(out, "neighbours", report.neighbours(), "share of nearest neighbours kept; 1 is stable");
    line(out, "displacement", report.displacement().mean(), displacement(report));
    line(out, "PIP loss", terms.pip(), "difference of all inner products; grows with the size");
    line(out, "overlap", terms.overlap(), "eigenspace overlap; 1 is stable");
    line(out, "centroids", report.centroids(), "distance of the means; sees rotations");
    line(out, "MMD", report.discrepancy(), "of the clouds; sees rotations, but no single item");
    List<Moved> moved = report.displacement().most(MOVED);
    if (!moved.isEmpty()) {
      out.println(
          "moved most: "
              + moved.stream().map(m -> name(m, compared)).collect(Collectors.joining(", ")));
    }
    around.forEach(one -> near(one, compared.names().isEmpty(), out));
    if (!report.precise()) {
      out.println(
          "EIS and overlap are not precise: the condition leaves an error of up to "
              + digits(terms.error()));
    }
  }

  private static String eis(StabilityReport report) {
    return "eigenspace instability; 0 is stable"
        + (report.terms().saysEis(report.rows())
            ? ""
            : "; says nothing of no more items than directions");
  }

  private static String displacement(StabilityReport report) {
    int skipped = report.rows() - report.displacement().counted();
    return "mean 1 - cosine after the best rotation; 0 is stable"
        + (skipped == 0 ? "" : "; %d zero rows skipped".formatted(skipped))
        + (report.displacement().unique() ? "" : "; several rotations are as good");
  }

  private static String name(Moved moved, StabilityFiles.Compared compared) {
    String name =
        compared.names().map(known -> known.get(moved.row())).orElse("row " + moved.row());
    return "%s (%s)".formatted(name, digits(moved.displacement()));
  }

  private static void near(StabilityNear one, boolean isRow, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "near %s%s, %d of %d stayed%n  before: %s%n  now:    %s%n",
        isRow ? "row " : "",
        one.item(),
        one.stayed(),
        one.before().size(),
        list(one.before()),
        list(one.after()));
  }

  private static String list(List<Near> near) {
    return near.stream()
        .map(one -> "%s (%s)".formatted(one.item(), digits(one.cosine())))
        .collect(Collectors.joining(", "));
  }

  private static void line(PrintWriter out, String name, OptionalDouble value, String meaning) {
    line(out, name, value.orElse(Double.NaN), meaning);
  }

  private static void line(PrintWriter out, String name, double value, String meaning) {
    String shown = Double.isFinite(value) ? digits(value) : "-";
    out.printf(Locale.ROOT, "  %-13s %10s  %s%n", name, shown, meaning);
  }

  private static String digits(double value) {
    if (value != 0 && Math.abs(value) < 1e-12) {
      return "< 1e-12";
    }
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
