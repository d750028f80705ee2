package io.assay.web.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Faults of accessibility as axe-core finds them on a page, by the rules of WCAG 2.2 AA. */
final class Axe {
  private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static final String RUN =
      """
      async () => {
        const found = await axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
          resultTypes: ["violations"],
        });
        return found.violations
          .filter((one) => one.impact === "serious" || one.impact === "critical")
          .map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map((n) => n.html + " " + n.failureSummary).join(" | ")}`);
      }\
      """;

  private Axe() {}

  /** Serious and critical ones, with the elements that have them. */
  static List<String> faults(Page page) {
    page.evaluate(script());
    return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
