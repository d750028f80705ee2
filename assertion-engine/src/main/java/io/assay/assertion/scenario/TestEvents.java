package io.assay.assertion.scenario;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Given;
import io.assay.assertion.scenario.Outcome.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The events that a test gives, decoded; or what stood in the way of the first that was not. */
final class TestEvents {
  private final CheckedTest test;
  private final Attachments attachments;
  private final List<Event> events = new ArrayList<>();
  private @Nullable Difference problem;

  TestEvents(CheckedTest test, Attachments attachments) {
    this.test = test;
    this.attachments = attachments;
  }

  void read(Given given, EventDecoder decoder) {
    switch (given) {
      case Given.Pattern pattern -> make(pattern, decoder);
      case Given.Lines lines -> {
        try (InputStream in = attachments.open(test.span().source(), lines.file())) {
          read(lines, new JsonLines(in), decoder);
        } catch (IOException e) {
          needed(lines, "the file \"" + lines.file() + "\"", String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void make(Given.Pattern pattern, EventDecoder decoder) {
    try {
      var line = new AtomicLong();
      new PatternEvents(pattern, test.title(), test.given().indexOf(pattern))
          .forEach(made -> decode(pattern, made, decoder, "given", line.getAndIncrement()));
    } catch (IllegalArgumentException e) {
      needed(pattern, "events that can be made", String.valueOf(e.getMessage()));
    }
  }

  private void read(Given.Lines lines, JsonLines file, EventDecoder decoder) {
    try {
      for (byte[] line = file.next(); line != null && problem == null; line = file.next()) {
        if (file.tooLong()) {
          unreadable(lines, file.number(), "longer than " + JsonLines.LONGEST_LINE + " bytes");
        } else if (!LinePayloads.isBlank(line)) {
          decode(lines, line, decoder, lines.file(), file.number() - 1);
        }
      }
    } catch (UncheckedIOException e) {
      unreadable(lines, file.number() + 1, String.valueOf(e.getMessage()));
    }
  }

  private void unreadable(Given.Lines lines, long line, String why) {
    needed(lines, "events that can be read", "%s:%d: %s".formatted(lines.file(), line, why));
  }

  private void decode(Given given, byte[] payload, EventDecoder decoder, String name, long line) {
    switch (decoder.decode(payload, null, new Coordinates(name, 0, line), Long.MIN_VALUE)) {
      case Decoded.Readable readable -> events.add(readable.event());
      case Decoded.Unreadable broken ->
          needed(
              given,
              "events that can be read",
              "%s:%d: %s: %s".formatted(name, line + 1, broken.cause(), broken.detail()));
    }
  }

  private void needed(Given given, String expected, String came) {
    if (problem == null) {
      problem = new Difference(given.span(), expected, came);
    }
  }

  /** Why the test cannot be played, if it cannot. */
  Optional<Difference> problem() {
    if (events.isEmpty() && problem == null) {
      problem = new Difference(test.span(), "one event or more", "none");
    }
    return Optional.ofNullable(problem);
  }

  /** In order of their times; those of one time in the order given. */
  List<Event> inOrder() {
    return events.stream().sorted(Comparator.comparingLong(Event::at)).toList();
  }
}
