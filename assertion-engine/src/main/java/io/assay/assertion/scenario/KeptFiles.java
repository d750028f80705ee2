package io.assay.assertion.scenario;

import io.assay.assertion.eval.KeptEvents;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Consumer;

/** Events that stay, as JSON Lines beside rule files. One that cannot be read is never left out. */
record KeptFiles(Attachments attachments) implements KeptEvents {
  @Override
  public boolean give(CheckedAssertion assertion, String file, Consumer<Event> taker) {
    EventDecoder decoder = EventDecoder.of(assertion.on(), Set.copyOf(assertion.reads()));
    try (InputStream in = attachments.open(assertion.span().source(), file)) {
      JsonLines lines = new JsonLines(in);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (lines.tooLong()) {
          throw broken(file, lines, "longer than " + JsonLines.LONGEST_LINE + " bytes");
        }
        if (!LinePayloads.isBlank(line)) {
          taker.accept(event(decoder, line, file, lines));
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the baseline \"%s\" cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Event event(EventDecoder decoder, byte[] line, String file, JsonLines lines)
      throws IOException {
    Coordinates source = new Coordinates(file, 0, lines.number() - 1);
    return switch (decoder.decode(line, null, source, Long.MIN_VALUE)) {
      case Decoded.Readable readable -> readable.event();
      case Decoded.Unreadable broken ->
          throw broken(file, lines, broken.cause() + ": " + broken.detail());
    };
  }

  private static IOException broken(String file, JsonLines lines, String why) {
    return new IOException("%s:%d: %s".formatted(file, lines.number(), why));
  }
}
