package io.assay.bench.street;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Draws curves against labels as an SVG, which needs no script and no font of its own. */
final class CurvePicture {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 300;
  private static final int LEFT = 50;
  private static final int TOP = 40;
  private static final int LEGEND = 22;

  /**
   * How a way to choose is drawn: colours that colour-blind people tell apart (Okabe and Ito), and
   * dashes beside them.
   */
  private record Stroke(String colour, String dashes) {
    static Stroke of(Chooser chooser) {
      return switch (chooser) {
        case ROUNDS -> new Stroke("#D55E00", "");
        case GUARDED -> new Stroke("#E69F00", "");
        case PLAIN -> new Stroke("#CC79A7", "6 3");
        case UNCERTAINTY -> new Stroke("#0072B2", "");
        case UNIFORM -> new Stroke("#009E73", "6 3");
        case FLAGGED -> new Stroke("#000000", "2 3");
        case EVENTS -> new Stroke("#56B4E9", "2 3");
      };
    }
  }

  private CurvePicture() {}

  static String of(Map<Chooser, Curve> still, Map<Chooser, Curve> learning) {
    int panel = WIDTH + LEFT + 30;
    int height = TOP + HEIGHT + 50 + LEGEND * Chooser.values().length;
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <title>Errors of a simulated street found by labels, by who chooses what is labelled</title>
        <rect width="100%%" height="100%%" fill="white"/>
        """
            .formatted(2 * panel, height));
    panel(svg, 0, "different errors found", still, Curve::errors);
    panel(svg, panel, "errors that a detector which learns still makes, %", learning, Curve::left);
    int y = TOP + HEIGHT + 60;
    for (Chooser chooser : still.keySet()) {
      line(svg, chooser, "%d,%d %d,%d".formatted(LEFT, y, LEFT + 40, y));
      text(svg, LEFT + 50, y + 4, "start", chooser.title());
      y += LEGEND;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(
      StringBuilder svg,
      int x,
      String title,
      Map<Chooser, Curve> curves,
      Function<Curve, List<Curve.Mean>> what) {
    double most =
        curves.values().stream()
            .flatMap(curve -> what.apply(curve).stream())
            .mapToDouble(Curve.Mean::value)
            .max()
            .orElse(1);
    double step = step(most);
    double top = step * Math.ceil(most / step);
    text(svg, x + LEFT, TOP - 16, "start", title);
    for (double at = 0; at <= top; at += step) {
      double y = TOP + HEIGHT * (1 - at / top);
      svg.append(
          String.format(
              Locale.ROOT, "<path d=\"M%d %.1fh%d\" stroke=\"#ddd\"/>%n", x + LEFT, y, WIDTH));
      text(svg, x + LEFT - 6, (int) y + 4, "end", String.format(Locale.ROOT, "%.0f", at));
    }
    for (int round = 0; round <= Labelling.ROUNDS; round += 2) {
      text(
          svg,
          (int) across(x, round),
          TOP + HEIGHT + 18,
          "middle",
          Integer.toString(round * Labelling.LABELS));
    }
    text(svg, x + LEFT + WIDTH / 2, TOP + HEIGHT + 36, "middle", "labels");
    curves.forEach((chooser, curve) -> line(svg, chooser, points(x, what.apply(curve), top)));
  }

  private static String points(int x, List<Curve.Mean> means, double top) {
    var points = new StringBuilder();
    for (int round = 0; round < means.size(); round++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              across(x, round + 1),
              TOP + HEIGHT * (1 - means.get(round).value() / top)));
    }
    return points.toString().strip();
  }

  private static double across(int x, int round) {
    return x + LEFT + (double) WIDTH * round / Labelling.ROUNDS;
  }

  /** 1, 2 or 5 times a power of ten, so that there are four to ten of them. */
  private static double step(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double share = most / power;
    return power * (share >= 5 ? 1 : share >= 2 ? 0.5 : 0.2);
  }

  private static void line(StringBuilder svg, Chooser chooser, String points) {
    Stroke stroke = Stroke.of(chooser);
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>\n"
            .formatted(points, stroke.colour(), stroke.dashes()));
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n".formatted(x, y, anchor, text));
  }
}
