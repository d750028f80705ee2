package io.assay.assertion.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rule texts of the repository to try things on. */
final class RuleTexts {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Path TEXTS = ROOT.resolve("assertion-engine/src/test/resources");

  private RuleTexts() {}

  static List<SourceFile> examples() throws IOException {
    return files(ROOT.resolve("examples"));
  }

  /** All files that end in {@code .assay} or {@code .txt}; none where there is no such folder. */
  static List<SourceFile> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var texts = new ArrayList<SourceFile>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".assay") || name.endsWith(".txt")) {
          texts.add(new SourceFile(name, Files.readString(file)));
        }
      }
    }
    return texts;
  }

  /** The examples, and the rule texts of all golden files, those that the parser accepts. */
  static List<SourceFile> readable() throws IOException {
    var texts = new ArrayList<>(examples());
    for (String folder : List.of("golden/check", "golden/syntax", "layout")) {
      for (SourceFile golden : files(TEXTS.resolve(folder))) {
        String text = golden.text().split("(?m)^----\n", 2)[0];
        var source = new SourceFile(golden.name(), text);
        if (SyntaxTree.of(source, issue -> {}).isPresent()) {
          texts.add(source);
        }
      }
    }
    return texts;
  }
}
