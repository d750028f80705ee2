package io.assay.assertion.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference of the form is made of the records. Where it changes once rule sets are stored,
 * {@link CanonicalRules#FORM} must be counted up. Run with {@code -Dassay.golden=write} to write
 * the table anew.
 */
class CanonicalFormTest {
  private static final Path PAGE =
      Path.of(System.getProperty("assay.root", ".."), "docs", "rules-as-json.md");
  private static final String TABLE = "| | is made of |\n|---|---|\n";

  @Test
  void thePageNamesEveryRecordWithItsMembers() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        Shapes.reachable(CheckedRules.class).entrySet().stream()
            .map(
                e ->
                    "| `%s` | %s |\n"
                        .formatted(e.getKey(), e.getValue().isEmpty() ? "nothing" : e.getValue()))
            .collect(Collectors.joining());
    String expected = page.substring(0, page.indexOf(TABLE)) + TABLE + table.replace("<", "&lt;");
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/rules-as-json.md; -Dassay.golden=write makes it anew")
        .isEqualTo(expected);
  }
}
