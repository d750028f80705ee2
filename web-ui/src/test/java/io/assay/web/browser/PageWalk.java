package io.assay.web.browser;

import static java.util.Locale.ROOT;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks at pages as those do who cannot see, point or run scripts as others can, and notes what is
 * wrong with each.
 */
final class PageWalk {
  /** What is on the page without any script: its heading, and of every chart the table. */
  private static final String UNREADABLE =
      """
      () => {
        const wrong = [];
        const heading = document.querySelector("main h1, body > h1, .login h1, h1");
        if (!heading || heading.innerText.trim() === "") wrong.push("no heading");
        for (const chart of document.querySelectorAll("[data-from]")) {
          const table = document.getElementById(chart.dataset.from);
          if (!table || table.tBodies.length === 0) {
            wrong.push(`no table '${chart.dataset.from}'`);
            continue;
          }
          if (table.tBodies[0].rows.length === 0) wrong.push(`table '${chart.dataset.from}' is empty`);
          for (let at = table; at; at = at.parentElement) {
            if (getComputedStyle(at).display === "none") wrong.push(`table '${chart.dataset.from}' is hidden`);
          }
        }
        for (const button of document.querySelectorAll("button[type=button], canvas, .plot")) {
          if (button.checkVisibility()) wrong.push("does nothing: " + button.outerHTML.slice(0, 120));
        }
        return wrong;
      }\
      """;

  /** What has the focus and is not seen, since something lies over all of it. */
  private static final String OBSCURED =
      """
      () => {
        const hidden = [];
        const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
        for (const one of document.querySelectorAll(all)) {
          // The editor draws its own caret over a field of one pixel.
          if (!one.checkVisibility({visibilityProperty: true}) || one.disabled || one.matches(".ace_text-input")) continue;
          one.focus();
          if (document.activeElement !== one) continue;
          const seen = [...one.getClientRects()].some((box) => {
            for (let i = 0; i < 15; i++) {
              const x = box.left + box.width * (0.1 + 0.2 * (i % 5));
              const y = box.top + box.height * (0.2 + 0.3 * Math.floor(i / 5));
              const top = document.elementFromPoint(x, y);
              if (top && (one.contains(top) || top.contains(one) || top.tagName === "LABEL")) return true;
            }
            return false;
          });
          if (!seen) hidden.push(one.outerHTML.slice(0, 120));
        }
        return hidden;
      }\
      """;

  private static final Path PICTURES = Path.of("target", "screenshots", "pages");

  /** Of a picture's name what its address gives: file systems have 255 bytes for the whole. */
  private static final int LONGEST_NAME = 120;

  private final String project;
  private final Visitor plain;
  private final Visitor scripted;
  private final List<String> faults = new ArrayList<>();
  private int pages;

  /** {@code plain} runs no scripts; both have logged in. */
  PageWalk(String project, Visitor plain, Visitor scripted) {
    this.project = project;
    this.plain = plain;
    this.scripted = scripted;
  }

  /** Notes what is wrong with a page below the project. */
  void look(String path) {
    lookAt("/p/" + project + path);
  }

  /** Notes what is wrong with a page. */
  void lookAt(String address) {
    pages++;
    Response response = Objects.requireNonNull(plain.page().navigate(address), address);
    if (response.status() != 200) {
      faults.add(address + ": " + response.status());
      return;
    }
    note(address + " without scripts", evaluate(plain.page(), UNREADABLE));
    Page page = scripted.page();
    page.setViewportSize(1440, 900);
    page.navigate(address);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      show(page, scheme);
      note(address + " " + scheme, Axe.faults(page));
      photograph(page, address, scheme);
    }
    note(address + " focus", evaluate(page, OBSCURED));
    page.setViewportSize(390, 844);
    // As somebody finds it there, and not as what was wide is made narrow.
    page.navigate(address);
    show(page, ColorScheme.LIGHT);
    note(address + " phone", Axe.faults(page));
    note(address + " phone focus", evaluate(page, OBSCURED));
    if (!page.evaluate("document.documentElement.scrollWidth <= innerWidth").equals(true)) {
      faults.add(address + " phone: moves sideways");
    }
  }

  private static void show(Page page, ColorScheme scheme) {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(scheme)
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  /** The whole page, for whoever looks at each of them. */
  private void photograph(Page page, String address, ColorScheme scheme) {
    String path = address.replaceFirst("^.*?/p/", "").replaceAll("[^A-Za-z0-9]+", "_");
    String name =
        "%s-%02d-%s-%s.png"
            .formatted(
                project,
                pages,
                path.substring(0, Math.min(path.length(), LONGEST_NAME)),
                scheme.name().toLowerCase(ROOT));
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)).setFullPage(true));
  }

  private static List<String> evaluate(Page page, String script) {
    return ((List<?>) page.evaluate(script)).stream().map(String::valueOf).toList();
  }

  private void note(String where, List<String> found) {
    found.forEach(one -> faults.add(where + ": " + one));
  }

  /** How many pages were looked at. */
  int pages() {
    return pages;
  }

  /** All that was wrong, and all that the browsers complained of. */
  List<String> faults() {
    var all = new ArrayList<>(faults);
    all.addAll(plain.complaints());
    // Looking for faults reads pixels, of which the browser complains.
    scripted.complaints().stream().filter(one -> !one.startsWith("Canvas2D")).forEach(all::add);
    return all;
  }
}
