package io.assay.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Someone before a window; notes every error that the browser reports. */
public final class Visitor implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private Visitor(BrowserContext context, Page page) {
    this.context = context;
    this.page = page;
  }

  static Visitor of(Browser browser, String address) {
    return of(browser, address, true);
  }

  static Visitor of(Browser browser, String address, boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(1440, 900)
                .setJavaScriptEnabled(scripts));
    Page page = context.newPage();
    var visitor = new Visitor(context, page);
    // Violations of the content policy are among the console's errors.
    page.onConsoleMessage(
        message -> {
          boolean isAxe = message.text().contains("willReadFrequently"); // it compares letters
          if (!isAxe && (message.type().equals("error") || message.type().equals("warning"))) {
            visitor.complaints.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(visitor.complaints::add);
    page.onResponse(
        response -> {
          if (response.status() >= 400) {
            visitor.complaints.add(response.status() + " " + response.url());
          }
        });
    return visitor;
  }

  public void login(String name, String password) {
    page.navigate("/login");
    page.fill("[name=name]", name);
    page.fill("[name=password]", password);
    page.click("form button.btn-primary");
    page.waitForURL("**/p/*");
  }

  public Page page() {
    return page;
  }

  /** What the browser complained of so far. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Takes the page light and dark. */
  public void photograph(String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      // Between two themes colours move for a moment.
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              .setReducedMotion(ReducedMotion.REDUCE));
      page.waitForFunction(
          "theme => document.documentElement.getAttribute('data-bs-theme') === theme",
          scheme.name().toLowerCase(Locale.ROOT));
      Path file = SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
      page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
    // Back without motion first, and drawn: whoever measures colours next must not meet them
    // midway.
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.waitForFunction(
        "() => getComputedStyle(document.body).color"
            + " && document.documentElement.getAttribute('data-bs-theme') === 'light'");
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
  }

  @Override
  public void close() {
    context.close();
  }
}
