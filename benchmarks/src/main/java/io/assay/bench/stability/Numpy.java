package io.assay.bench.stability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The reference, where Python with numpy is present. */
final class Numpy {
  /** Seconds by Grams and by singular value decompositions. */
  record Seconds(double grams, double decompositions) {}

  private Numpy() {}

  static Optional<Seconds> run(int rows, int dimensions, int rounds, int threads) {
    try (InputStream script = Numpy.class.getResourceAsStream("reference.py")) {
      var builder =
          new ProcessBuilder(
              List.of(
                  "python3",
                  "-",
                  String.valueOf(rows),
                  String.valueOf(dimensions),
                  String.valueOf(rounds),
                  "1"));
      builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        Objects.requireNonNull(script, "reference.py").transferTo(in);
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = said.lines().toList();
      return process.waitFor() == 0 && lines.size() == 2
          ? Optional.of(
              new Seconds(Double.parseDouble(lines.get(0)), Double.parseDouble(lines.get(1))))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains("python3")) {
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }
}
