package io.assay.cli;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.UsualFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.RuleTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rule files that a command is given, compiled together as one rule set. */
final class RuleFiles {
  static final Path STANDARD_INPUT = Path.of("-");

  private RuleFiles() {}

  /**
   * Compiles, and says all that is wrong on standard error.
   *
   * @param paths files, or folders whose {@code .assay} files are meant
   * @return empty if there is an error
   */
  static Optional<CheckedRules> compile(
      List<Path> paths, Map<String, String> overrides, PrintWriter err) {
    return compile(paths, overrides, issue -> true, err);
  }

  /**
   * Likewise.
   *
   * @param told whether an issue is worth saying here
   */
  static Optional<CheckedRules> compile(
      List<Path> paths, Map<String, String> overrides, Predicate<Issue> told, PrintWriter err) {
    List<SourceFile> sources = sources(paths);
    Compilation compilation = new RuleCompiler().compile(sources, overrides);
    List<Issue> issues = compilation.issues().stream().filter(told).toList();
    err.print(new IssueRenderer(sources).render(issues));
    err.flush();
    return compilation.rules();
  }

  /** Of files and folders; a file that is named twice is one file. */
  static List<SourceFile> sources(List<Path> paths) {
    List<SourceFile> sources = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        if (seen.add(file.toAbsolutePath().normalize())) {
          sources.add(new SourceFile(file.toString(), text(file), usual(file)));
        }
      }
    }
    return sources;
  }

  /** What has been learned for the rules, if there is a file of it beside them. */
  private static Optional<String> usual(Path rules) {
    Path file = Path.of(UsualFile.nameFor(rules.toString()));
    return Files.exists(file) ? Optional.of(text(file)) : Optional.empty();
  }

  /** The file itself, or a folder's {@code .assay} files, as the processors find them. */
  static List<Path> files(Path path) {
    try {
      return RuleTexts.files(path);
    } catch (IllegalArgumentException none) {
      throw CommandFailure.couldNotRun(String.valueOf(none.getMessage()), none);
    }
  }

  /** Rules that are piped in. */
  static SourceFile standardInput() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(System.in.readAllBytes()))
              .toString();
      return new SourceFile("<standard input>", text);
    } catch (CharacterCodingException e) {
      throw CommandFailure.couldNotRun("standard input is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.nio.charset.MalformedInputException e) {
      throw CommandFailure.couldNotRun(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that may be there already; whoever reads it sees the old text or the new. */
  static void write(Path file, String text) {
    if (Files.exists(file)) {
      replace(file, text);
      return;
    }
    try {
      Path draft =
          Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), ".tmp");
      try {
        Files.writeString(draft, text);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a new text in the place of a file, at once: whoever reads it sees the old or the new. */
  static void replace(Path file, String text) {
    try {
      Path target = file.toRealPath();
      if (!Files.isWritable(target)) {
        throw CommandFailure.couldNotRun(file + " may not be written");
      }
      Path draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try {
        Files.copy(
            target, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(draft, text);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that rules name, beside the file that they stand in. */
  static InputStream beside(String ruleFile, String name) throws IOException {
    try {
      return Unpacked.of(Files.newInputStream(Path.of(ruleFile).resolveSibling(name)));
    } catch (IOException e) {
      throw new IOException(FailureText.of(e), e);
    }
  }
}
