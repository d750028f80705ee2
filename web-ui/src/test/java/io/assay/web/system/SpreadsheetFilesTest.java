package io.assay.web.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.assay.web.access.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No file for spreadsheets has a cell that they would compute, whatever stands in the lists. */
class SpreadsheetFilesTest {
  private static final String PROJECT = "formulas";
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+(?:E[-+]?[0-9]+)?");

  /** What some of them need to be asked for. */
  private static final Map<String, String> QUERIES =
      Map.of("/p/{project}/stability.csv", "?of=items-1");

  /** Files of which the project has no rows, and where these are looked at. */
  private static final Map<String, String> WITHOUT_ROWS =
      Map.of(
          "/p/{project}/dead-letters.csv", "a broker keeps them: AsidePagesTest",
          "/p/{project}/rules.csv", "rules are in a topic: RulePagesTest",
          "/p/{project}/distributions.csv", "windows are of event time: FigurePagesTest",
          "/p/{project}/truth.csv", "windows are of event time: FigurePagesTest");

  private static BrowsingClient reader;
  private static List<String> files;

  @BeforeAll
  static void fill() throws SQLException {
    Installation here = Installation.shared();
    LongLists.fill(here, PROJECT);
    String password = here.add(PROJECT, "spreader", Role.ADMINISTRATOR);
    reader = here.anonymous();
    reader.login("spreader", password);
    files =
        MappedEndpoint.of(here).stream()
            .map(MappedEndpoint::pattern)
            .filter(pattern -> pattern.endsWith(".csv"))
            .toList();
  }

  @Test
  void noCellIsComputed() {
    Set<String> wrong = new TreeSet<>();
    Set<String> empty = new TreeSet<>();
    for (String file : files) {
      String path =
          file.replace("{project}", PROJECT)
              .replace("{name}", "rule-1")
              .replace("{stream}", "frames");
      var answer = reader.get(path + QUERIES.getOrDefault(file, ""));
      if (answer.statusCode() == 503 || answer.statusCode() == 404) {
        empty.add(file);
        continue;
      }
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(file)
          .hasValue("text/csv;charset=UTF-8");
      List<List<String>> rows = rows(answer.body());
      if (rows.size() < 2) {
        empty.add(file);
      }
      rows.stream()
          .flatMap(List::stream)
          .filter(SpreadsheetFilesTest::isComputed)
          .forEach(cell -> wrong.add(file + ": " + cell));
    }
    assertThat(wrong).isEmpty();
    assertThat(empty).isEqualTo(new TreeSet<>(WITHOUT_ROWS.keySet()));
    assertThat(files).hasSizeGreaterThan(18);
  }

  private static boolean isComputed(String cell) {
    return !cell.isEmpty()
        && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0
        && !NUMBER.matcher(cell).matches();
  }

  /** As RFC 4180 has them. */
  private static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    return rows;
  }

  @Test
  void whatNobodyMadeATextIsOneWhenItIsWritten() {
    assertThat(CsvText.row(List.of("=1+1", "+1", "-1.5E-7", "-1-1", "@a", "\ta", "'=1", "a=1", "")))
        .isEqualTo("'=1+1,+1,-1.5E-7,'-1-1,'@a,'\ta,'=1,a=1,\r\n");
  }

  /** Whoever wrote lines of their own would write past the guard. */
  @Test
  void thereIsOneWriterOfThem() {
    DescribedPredicate<JavaCall<?>> rows =
        DescribedPredicate.describe(
            "that writes a row",
            call ->
                call.getTargetOwner().isEquivalentTo(CsvText.class)
                    && call.getTarget().getName().equals("row"));
    noClasses()
        .that()
        .doNotBelongToAnyOf(CsvParts.class)
        .and()
        .doNotHaveSimpleName("CsvExport")
        .should()
        .callMethodWhere(rows)
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.assay.web"));
  }
}
