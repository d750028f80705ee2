package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Recording;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The recordings of {@code --events [STREAM=]FILE}: plain or gzipped JSON Lines, {@code -} for
 * standard input.
 */
final class EventFiles implements PastEvents {
  static final String STANDARD_INPUT = "-";

  private final List<Recording> recordings = new ArrayList<>();
  private final List<InputStream> open = new ArrayList<>();
  private long size;
  private boolean sizeKnown = true;
  private long read;

  /**
   * @throws CommandFailure if a name fits no stream
   */
  static EventFiles open(CheckedRules rules, List<String> arguments) {
    var files = new EventFiles();
    try {
      for (String argument : arguments) {
        files.add(rules, argument);
      }
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** The arguments but those that name a stream which only the other rules declare. */
  static List<String> without(List<String> arguments, CheckedRules others, CheckedRules rules) {
    return arguments.stream()
        .filter(a -> named(rules, a).isPresent() || named(others, a).isEmpty())
        .toList();
  }

  /** The streams that files are given for. */
  static Set<StreamType> streams(CheckedRules rules, List<String> arguments) {
    return arguments.stream()
        .map(
            argument ->
                named(rules, argument)
                    .orElseGet(() -> NamedStream.only(rules, "--events", argument)))
        .collect(Collectors.toSet());
  }

  private static Optional<StreamType> named(CheckedRules rules, String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? Optional.empty() : rules.played(argument.substring(0, equals));
  }

  private void add(CheckedRules rules, String argument) {
    int equals = argument.indexOf('=');
    Optional<StreamType> named = named(rules, argument);
    String name = named.isPresent() ? argument.substring(equals + 1) : argument;
    boolean standardInput = name.equals(STANDARD_INPUT);
    if (equals > 0 && named.isEmpty() && !Files.exists(Path.of(name))) {
      throw CommandFailure.wrongUse(
          "no stream '%s' for '%s'; the rules declare %s"
              .formatted(argument.substring(0, equals), argument, NamedStream.names(rules)));
    }
    StreamType stream = named.orElseGet(() -> NamedStream.only(rules, "--events", argument));
    try {
      InputStream bytes =
          new Counted(standardInput ? System.in : Files.newInputStream(Path.of(name)));
      open.add(bytes);
      if (standardInput) {
        sizeKnown = false;
      } else {
        size += Files.size(Path.of(name));
      }
      recordings.add(
          Recording.ofLines(stream, standardInput ? "standard input" : name, Unpacked.of(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public double progress() {
    return sizeKnown && size > 0 ? Math.min(1, (double) read / size) : -1;
  }

  @Override
  public void close() {
    try {
      for (InputStream bytes : open) {
        bytes.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what is taken from the disk, before it is unpacked. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      read += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      read += Math.max(0, count);
      return count;
    }
  }
}
