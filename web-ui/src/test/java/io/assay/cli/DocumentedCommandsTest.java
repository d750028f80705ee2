package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show of the command line is what it says: blocks that name a file write it,
 * {@code console} blocks run it, from top to bottom of the page. Run with {@code
 * -Dassay.golden=write} to write the outputs anew.
 */
class DocumentedCommandsTest {
  private static final Path DOCS = Path.of(System.getProperty("assay.root", "..")).resolve("docs");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: (\\S+))?\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> found = Files.walk(DOCS)) {
      List<Path> pages = new ArrayList<>();
      for (Path page : found.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
        if (Files.readString(page).contains("\n```console\n")) {
          pages.add(page);
        }
      }
      return pages;
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void thePageShowsWhatComes(Path page) throws IOException {
    String text = Files.readString(page);
    var shown = new StringBuilder();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String body = blocks.group(3);
      if (blocks.group(2) != null) {
        write(blocks.group(2), body);
      } else if (blocks.group(1).equals("console")) {
        body = run(body);
      }
      String fence = text.substring(blocks.start(), blocks.start(3));
      blocks.appendReplacement(shown, Matcher.quoteReplacement(fence + body + "```"));
    }
    blocks.appendTail(shown);
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(page, shown);
    }
    assertThat(Files.readString(page))
        .as("%s; -Dassay.golden=write shows what comes", page)
        .isEqualTo(shown.toString());
  }

  private void write(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, body);
  }

  /** Every {@code $ ./assay …} of a block with its output, in place of what stands there. */
  private String run(String console) {
    var shown = new StringBuilder();
    console
        .lines()
        .filter(line -> line.startsWith("$ ./assay "))
        .forEach(line -> shown.append(line).append('\n').append(output(line)));
    return shown.toString();
  }

  private String output(String line) {
    String[] words = line.substring("$ ./assay ".length()).split(" ");
    CommandLineRun run =
        CommandLineRun.of(Stream.of(words).map(this::inFolder).toArray(String[]::new));
    // On a terminal both are seen: what is wrong with the rules first, then the answer.
    return (run.err() + run.out()).replace(folder + "/", "");
  }

  private String inFolder(String word) {
    Path file = folder.resolve(word);
    return Files.exists(file) ? file.toString() : word;
  }
}
