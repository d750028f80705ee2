package io.assay.web.observe;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is logged to standard error, as a collector of logs would read it. */
final class CapturedLog implements AutoCloseable {
  private static final String FORMAT = "logging.structured.format.console";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    System.setProperty(FORMAT, "ecs");
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What was logged before the format was set is text. */
  List<JsonNode> lines() {
    return text()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(text());
    System.clearProperty(FORMAT);
    System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
  }
}
