package io.assay.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.cli.CommandLineRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a stranger sees who types one command: the demo in a process of its own, and a browser. */
class DemoInBrowserTest {
  private static final Pattern ADDRESS = Pattern.compile("Assay is at (http://\\S+?)/?");
  private static final Pattern LOGIN =
      Pattern.compile("Log in as (\\S+) with the password (\\S+) .*");

  @Test
  void violationsOfTheStreetShowWithTheirFrames() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "demo-");
      Process demo =
          start(
              data.toAbsolutePath(),
              "--minutes",
              "1",
              // The lender's two days would be judged first, and take as long again.
              "--rules",
              Path.of(System.getProperty("assay.root"), "examples", "street.assay").toString());
      try (var output =
          new BufferedReader(
              new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
        Matcher address = await(output, ADDRESS);
        Matcher login = await(output, LOGIN);
        try (Visitor visitor = chromium.visit(address.group(1))) {
          look(visitor, login.group(1), login.group(2));
        }
      } finally {
        end(demo, data);
      }
    }
  }

  /** As docs/first-run.md goes: the commands find the broker by the folder. */
  @Test
  void anEmptyOneTakesATopicOfOnesOwn() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "empty-");
      Process demo = start(data.toAbsolutePath(), "--empty");
      try (var output =
          new BufferedReader(
              new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
        Matcher address = await(output, ADDRESS);
        Matcher login = await(output, LOGIN);
        Path events = data.resolve("parcels.jsonl");
        long now = System.currentTimeMillis();
        var lines = new StringBuilder();
        for (int i = 0; i < 120; i++) {
          lines.append(
              "{\"parcel\":\"p%d\",\"at\":%d,\"status\":\"%s\"}\n"
                  .formatted(i / 2, now - 600_000 + i * 1000L, i % 2 == 0 ? "sent" : "delivered"));
        }
        Files.writeString(events, lines);
        command(data, "topics", "create", "--topic", "parcels");
        command(data, "produce", events.toString(), "--topic", "parcels", "--key", "parcel");
        try (Visitor visitor = chromium.visit(address.group(1))) {
          visitor.login(login.group(1), login.group(2));
          Page page = visitor.page();
          page.click("main >> text=Connect a topic");
          page.click("main >> text=parcels");
          assertThat(page.inputValue("textarea"))
              .contains("key parcel string", "time at timestamp(millis)");
          assertThat(visitor.complaints()).isEmpty();
        }
      } finally {
        end(demo, data);
      }
    }
  }

  private static void command(Path data, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
  }

  private static void end(Process demo, Path data) throws IOException, InterruptedException {
    demo.destroy();
    if (!demo.waitFor(30, TimeUnit.SECONDS)) {
      demo.destroyForcibly();
    }
    delete(data);
  }

  private static void look(Visitor visitor, String name, String password) {
    visitor.login(name, password);
    Page page = visitor.page();
    // The page fills by itself; nobody reloads it.
    page.waitForSelector(".feed li", new Page.WaitForSelectorOptions().setTimeout(60_000));
    page.waitForTimeout(3000);
    visitor.photograph("demo-overview");
    openOneWithPictures(page);
    page.waitForSelector(".stage .frame .box.last-known");
    assertThat(page.locator(".lanes rect.gap").count()).isPositive();
    visitor.photograph("demo-violation");
    assertThat(visitor.complaints()).isEmpty();
  }

  /** Pictures are drawn behind the events: the newest violations may still be without theirs. */
  private static void openOneWithPictures(Page page) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    for (int which = 0; System.nanoTime() < patience; which = (which + 1) % 20) {
      page.navigate("/p/default/violations?assertion=flicker");
      if (page.locator("a.cover").count() > which) {
        page.locator("a.cover").nth(which).click();
        page.waitForSelector(".stage .frame");
        if (page.locator(".stage .frame image").count() > 0) {
          return;
        }
      }
      page.waitForTimeout(500);
    }
    throw new AssertionError("no flicker has had pictures within 90 s");
  }

  private static Process start(Path data, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "-Dassay.root=" + System.getProperty("assay.root"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.assay.cli.Assay",
                "demo",
                "--data",
                data.toString(),
                "--port",
                "0"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(
            ProcessBuilder.Redirect.to(Path.of("target", "demo-in-browser.log").toFile()))
        .start();
  }

  private static Matcher await(BufferedReader output, Pattern wanted) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.matches()) {
        return matcher;
      }
    }
    throw new IllegalStateException(
        "the demo ended without saying " + wanted + "; see target/demo-in-browser.log");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
