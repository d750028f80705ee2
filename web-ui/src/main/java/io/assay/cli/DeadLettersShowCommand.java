package io.assay.cli;

import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayNote;
import io.assay.stream.repair.ReplayNotes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** Shows one record that was put aside: why, where the bytes are wrong, and the bytes. */
@Command(name = "show", description = "Shows one record: why it was put aside, and its bytes.")
final class DeadLettersShowCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "COORDINATES", description = "PARTITION@OFFSET, as list prints it.")
  String coordinates;

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description = "Also writes the value's bytes, untouched, to a file that is not there yet.")
  @Nullable Path raw;

  @Mixin FormatOption answer = new FormatOption();

  @Mixin AsideOptions aside = new AsideOptions();

  @Override
  public ExitStatus call() {
    CommandLine command = spec.commandLine();
    Position position = AsideOptions.position(coordinates);
    PutAside found = aside.read(command, reader -> aside.one(reader, position));
    Optional<ReplayNote> note =
        aside.read(
            command,
            reader ->
                ReplayNotes.read(aside.clients(command), aside.topics(command), aside.project)
                    .of(found));
    if (raw != null) {
      writeRaw(found, raw);
    }
    PrintWriter out = command.getOut();
    switch (answer.format) {
      case text -> AsideText.whole(found, note, out);
      case json -> {
        try (JsonGenerator json = JsonOutput.to(out)) {
          AsideJson.whole(found, note, json);
        }
        out.println();
      }
    }
    out.flush();
    return ExitStatus.WELL;
  }

  private static void writeRaw(PutAside found, Path file) {
    byte[] value = found.value();
    if (value == null) {
      throw CommandFailure.couldNotRun(found.name() + " has no value to write");
    }
    if (Files.exists(file)) {
      throw CommandFailure.couldNotRun(file + " is there already and is not written over");
    }
    try {
      Files.write(file, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
