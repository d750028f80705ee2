package io.assay.cli;

import io.assay.stability.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many comparisons, a JSON object a line: {@code name, X, Xt, E, Et, alpha, knn_k, knn_queries},
 * and files relative to the list. One that cannot be done gets a line that says why; the others go
 * on.
 */
final class StabilityBatch {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;
  private int failed;

  StabilityBatch(Path file, Settings settings, PrintWriter out, PrintWriter err) {
    this.file = file;
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  ExitStatus run() {
    int line = 0;
    try (var lines = Files.newBufferedReader(file)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        if (!text.isBlank()) {
          job(text, line);
          out.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return failed == 0 ? ExitStatus.WELL : ExitStatus.COULD_NOT_RUN;
  }

  private void job(String text, int line) {
    Optional<String> name = Optional.empty();
    try {
      JsonNode job = JSON.readTree(text);
      name = Optional.ofNullable(job.get("name")).map(JsonNode::asString);
      StabilityJson.writeNamed(name, compare(job), out);
    } catch (CommandFailure | UncheckedIOException e) {
      fail(name, line, FailureText.of(e));
    } catch (IllegalArgumentException e) {
      fail(name, line, String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      fail(name, line, "no JSON object: " + e.getOriginalMessage());
    }
  }

  private void fail(Optional<String> name, int line, String why) {
    failed++;
    StabilityJson.writeFailure(name, why, out);
    err.printf("%s:%d: error: %s%n", file, line, why);
  }

  private StabilityFiles.Compared compare(JsonNode job) {
    List<Path> pair = List.of(path(job, "X"), path(job, "Xt"));
    List<Path> anchors = new ArrayList<>();
    if (job.hasNonNull("E") || job.hasNonNull("Et")) {
      anchors.addAll(List.of(path(job, "E"), path(job, "Et")));
    }
    Settings how = settings;
    if (job.hasNonNull("alpha")) {
      how = how.withAlpha(number(job, "alpha").doubleValue());
    }
    if (job.hasNonNull("knn_k")) {
      how = how.withNeighbours(number(job, "knn_k").intValue());
    }
    JsonNode queries = job.path("knn_queries");
    if (queries.isString() && queries.asString().equals("all")) {
      return StabilityFiles.compareAll(pair, anchors, how);
    }
    List<String> rows = new ArrayList<>();
    if (queries.isArray()) {
      queries.forEach(query -> rows.add(query.asString()));
    } else if (!queries.isMissingNode() && !queries.isNull()) {
      throw new IllegalArgumentException(
          "knn_queries need to be \"all\" or a list, got " + queries);
    }
    return StabilityFiles.compare(pair, anchors, how, rows);
  }

  private Path path(JsonNode job, String key) {
    JsonNode value = job.path(key);
    if (!value.isString()) {
      throw new IllegalArgumentException("a job needs a file '%s', got none".formatted(key));
    }
    return file.resolveSibling(value.asString());
  }

  private static JsonNode number(JsonNode job, String key) {
    JsonNode value = job.path(key);
    if (!value.isNumber()) {
      throw new IllegalArgumentException("%s needs to be a number, got %s".formatted(key, value));
    }
    return value;
  }
}
