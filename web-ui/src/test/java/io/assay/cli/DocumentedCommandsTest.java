package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What README and documents show of the command line is what it says: blocks that name a file write
 * it, {@code console} blocks run it, from top to bottom of the page; files of {@code examples/} are
 * there. Run with {@code -Dassay.golden=write} to write the outputs anew.
 *
 * <p>What needs a server or data that is not ours, or is cut, is shown indented and not run.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: (\\S+))?\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  /** Options that name a file to write; a model is read, too. */
  private static final Set<String> WRITTEN = Set.of("--model", "--out", "--guesses", "--svg");

  @TempDir Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> found = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages = new ArrayList<>();
      Stream<Path> all =
          Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md")), found);
      for (Path page : all.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
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

  @Test
  void pagesOfEveryKindAreHeld() throws IOException {
    assertThat(pages())
        .extracting(page -> ROOT.relativize(page).toString())
        .contains("README.md", "docs/comparing.md", "docs/language/first-rule.md");
  }

  /** A page that shows one of the examples shows it as it is. */
  private void write(String name, String body) throws IOException {
    Path example = ROOT.resolve(name);
    if (Files.exists(example)) {
      assertThat(body).as(name).isEqualTo(Files.readString(example));
    }
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
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      boolean isWritten = i > 0 && WRITTEN.contains(words[i - 1]);
      arguments[i] = isWritten ? folder.resolve(words[i]).toString() : inFolder(words[i]);
    }
    CommandLineRun run = CommandLineRun.of(arguments);
    // On a terminal both are seen: what is wrong with the rules first, then the answer.
    return (run.err() + run.out()).replace(folder + "/", "").replace(ROOT + "/", "");
  }

  private String inFolder(String word) {
    return Stream.of(folder, ROOT)
        .map(place -> place.resolve(word))
        .filter(file -> word.contains(".") || !file.startsWith(ROOT))
        .filter(Files::exists)
        .map(Path::toString)
        .findFirst()
        .orElse(word);
  }
}
