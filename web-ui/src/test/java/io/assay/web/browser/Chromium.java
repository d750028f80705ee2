package io.assay.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own browser. Where there is none tests skip, visibly, unless {@code
 * ASSAY_REQUIRE_BROWSER=1} says that they must not.
 */
public final class Chromium implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it with an empty profile. */
  public static Chromium start() {
    Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (program == null) {
      String missing = "no browser: install chromium to run this test";
      if ("1".equals(System.getenv("ASSAY_REQUIRE_BROWSER"))) {
        throw new IllegalStateException(missing);
      }
      Assumptions.abort(missing);
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));
  }

  /** Someone with a window of their own. */
  public Visitor visit(String address) {
    return Visitor.of(browser, address);
  }

  /** Somebody whose browser runs none. */
  Visitor visitWithoutScripts(String address) {
    return Visitor.of(browser, address, false);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
