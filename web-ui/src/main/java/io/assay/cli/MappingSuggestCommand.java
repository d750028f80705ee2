package io.assay.cli;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.format.RuleFormatter;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.serving.StreamSuggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A stream for a model behind a serving stack, ready to be looked over. */
@Command(
    name = "suggest",
    description = {
      "Prints a stream's block, as a model's metadata suggests it.",
      "The metadata is what V2 servers answer under /v2/models/NAME."
    })
final class MappingSuggestCommand implements Callable<ExitStatus> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  Source source = new Source();

  static final class Source {
    @Parameters(paramLabel = "FILE", description = "The metadata, as JSON.")
    @Nullable Path file;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "Where the server answers it, as in http://localhost:8080/v2/models/iris.")
    @Nullable URI url;
  }

  @Option(
      names = "--serving",
      paramLabel = "STACK",
      defaultValue = "v2",
      description =
          "What writes the records: kserve, seldon1, seldon2, mlserver, v1 or v2 (default:"
              + " ${DEFAULT-VALUE}).")
  Serving.Format format = Serving.Format.V2;

  @Override
  public ExitStatus call() throws InterruptedException {
    if (!format.isPaired()) {
      throw CommandFailure.wrongUse(
          "--serving needs a stack with tensors; %s has none".formatted(format.word()));
    }
    PrintWriter out = spec.commandLine().getOut();
    String block;
    try {
      block = StreamSuggestion.of(metadata(), format);
    } catch (IllegalArgumentException none) {
      throw CommandFailure.couldNotRun(String.valueOf(none.getMessage()), none);
    }
    out.print(new RuleFormatter().format(new SourceFile("suggestion", block)).text());
    out.flush();
    return ExitStatus.WELL;
  }

  private byte[] metadata() throws InterruptedException {
    if (source.url != null) {
      return fetched(source.url);
    }
    try {
      return Files.readAllBytes(Objects.requireNonNull(source.file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] fetched(URI url) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw CommandFailure.couldNotRun("%s answers %d".formatted(url, response.statusCode()));
      }
      return response.body();
    } catch (IOException failure) {
      throw CommandFailure.couldNotRun("%s does not answer: %s".formatted(url, failure), failure);
    } catch (IllegalArgumentException noUrl) {
      throw CommandFailure.wrongUse("--url needs http:// or https://, got '%s'".formatted(url));
    }
  }
}
