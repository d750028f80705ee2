package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables that may become long go on by key and are files; those that stand whole are sorted where
 * one would; charts have their figures beside them, and are saved as pictures and files. A table
 * that is new fails here until somebody has said which it is.
 */
class TablesAndChartsTest {
  private static final String TABLE = "/io/assay/web/system/tables.properties";
  private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
  private static final Pattern TAG = Pattern.compile("<table\\b[^>]*>|</table>");
  private static final Pattern ROWS =
      Pattern.compile("<tbody.*?th:each=\"\\w+(?:, \\w+)? : ([^\"]+)\"", Pattern.DOTALL);
  private static final Pattern PICTURE = Pattern.compile("<svg\\b[^>]*role=\"img\"[^>]*>");
  private static final Pattern CHART =
      Pattern.compile("<(\\w+)\\b[^>]*data-(?:plot|drawn)\\b[^>]*>");
  private static final Pattern FROM = Pattern.compile("data-from=[\"|]?\\|?([\\w$-]+)");

  private static Map<String, String> said;
  private static List<Found> tables;

  /**
   * A table of a template.
   *
   * @param rows the expression of what its rows are of, of its letters alone
   * @param tag as it begins
   * @param before the text of the template before it
   */
  private record Found(String template, String rows, String tag, String before) {
    String key() {
      return template + "/" + rows;
    }

    boolean isFile() {
      return before.contains("lists :: csv")
          || before.contains("#{export.csv}")
          || before.contains("#{figures.csv}");
    }
  }

  private record Place(int from, int to, String tag) {}

  @BeforeAll
  static void read() throws IOException {
    var properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(TablesAndChartsTest.class.getResourceAsStream(TABLE), TABLE)) {
      properties.load(in);
    }
    said = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> said.put(key, properties.getProperty(key)));
    tables = new ArrayList<>();
    for (Path template : templates()) {
      tables.addAll(tables(template.getFileName().toString(), Files.readString(template)));
    }
  }

  private static String read(String template) {
    try {
      return Files.readString(TEMPLATES.resolve(template));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> all = Files.list(TEMPLATES)) {
      return all.filter(one -> one.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static List<Found> tables(String template, String text) {
    List<Place> places = places(text);
    List<Found> found = new ArrayList<>();
    for (Place one : places) {
      rows(text.substring(one.from(), one.to()), one, places)
          .ifPresent(
              rows ->
                  found.add(new Found(template, rows, one.tag(), text.substring(0, one.from()))));
    }
    return found;
  }

  private static List<Place> places(String text) {
    Deque<Place> begun = new ArrayDeque<>();
    List<Place> all = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      if (tag.group().startsWith("</")) {
        Place place = begun.pop();
        all.add(new Place(place.from(), tag.end(), place.tag()));
      } else {
        begun.push(new Place(tag.start(), 0, tag.group()));
      }
    }
    all.sort(Comparator.comparingInt(Place::from));
    return all;
  }

  /**
   * What the rows are of; nothing where the template has them all. Rows of a table within are its
   * own.
   */
  private static Optional<String> rows(String whole, Place one, List<Place> places) {
    String own = whole;
    for (Place inner : places.reversed()) {
      if (inner.from() > one.from() && inner.to() < one.to()) {
        own =
            own.substring(0, inner.from() - one.from())
                + own.substring(Math.min(own.length(), inner.to() - one.from()));
      }
    }
    Matcher rows = ROWS.matcher(own);
    return rows.find()
        ? Optional.of(rows.group(1).replaceAll("[^A-Za-z0-9_.]+", ""))
        : Optional.empty();
  }

  @Test
  void everyTableIsSaidToBeLongOrShortAndNoneIsGone() {
    var known = new TreeSet<String>();
    tables.forEach(one -> known.add(one.key()));
    assertThat(known).hasSizeGreaterThan(70);
    assertThat(said.keySet())
        .as("src/test/resources%s: 'pages', 'chart', 'sorts: why it is whole', 'few: why'", TABLE)
        .isEqualTo(known);
  }

  @Test
  void longTablesGoOnByKeyAndAreFiles() {
    assertThat(of("pages")).hasSizeGreaterThan(12);
    Map<String, Integer> pagers = new TreeMap<>();
    for (Found one : of("pages")) {
      assertThat(one.isFile()).as("file of " + one.key()).isTrue();
      pagers.merge(one.template(), 1, Integer::sum);
    }
    pagers.forEach(
        (template, lists) ->
            assertThat(read(template).split("rel=\"next\"", -1).length - 1)
                .as("links to what follows, in " + template)
                .isGreaterThanOrEqualTo(lists));
  }

  @Test
  void whatStandsWholeIsSortedByItsHeadersAndAFileByThat() {
    for (Found one : of("sorts")) {
      assertThat(one.tag()).as(one.key()).contains("data-sorts");
    }
  }

  @Test
  void whyATableIsShortOrWholeIsASentence() {
    said.forEach(
        (key, row) -> {
          assertThat(row).as(key).matches("pages|chart|(?:sorts|few): .{15,}");
        });
  }

  private static List<Found> of(String kind) {
    return tables.stream()
        .filter(one -> said.getOrDefault(one.key(), "").split(":")[0].equals(kind))
        .toList();
  }

  @Test
  void figuresOfEveryChartStandBesideIt() throws IOException {
    int charts = 0;
    for (Path template : templates()) {
      String text = Files.readString(template);
      Matcher chart = CHART.matcher(text);
      while (chart.find()) {
        charts++;
        String tag = chart.group();
        assertThat(tag).as(template + " " + tag).contains("data-title");
        if (tag.contains("data-from=${id}")) {
          continue; // A fragment: whoever inserts it names both.
        }
        Matcher from = FROM.matcher(tag);
        assertThat(from.find()).as(template + " " + tag).isTrue();
        assertThat(text)
            .as(template + ": a table with the figures of " + tag)
            .containsPattern("<table[^>]*\\bid=\"\\|?" + Pattern.quote(from.group(1)));
      }
    }
    assertThat(charts).isGreaterThan(12);
  }

  /** A picture that is no chart to be saved is a frame, a meter in a row, or the shape of one. */
  @Test
  void everyPictureOfFiguresCanBeSaved() throws IOException {
    List<String> alone = new ArrayList<>();
    for (Path template : templates()) {
      String text = Files.readString(template);
      Matcher picture = PICTURE.matcher(text);
      while (picture.find()) {
        String tag = picture.group();
        boolean drawn = isWithin(text, picture.start());
        if (!drawn && !tag.matches("(?s).*class=\"(?:frame|meter|spark|still)\".*")) {
          alone.add(template.getFileName() + " " + tag);
        }
      }
    }
    assertThat(alone).isEmpty();
  }

  /** Whether it is in a chart that is drawn on the server. */
  private static boolean isWithin(String text, int at) {
    Matcher chart = CHART.matcher(text);
    boolean within = false;
    while (chart.find() && chart.start() < at) {
      Pattern ends = Pattern.compile("<(/?)" + chart.group(1) + "\\b");
      Matcher end = ends.matcher(text).region(chart.end(), text.length());
      int deep = 1;
      while (deep > 0 && end.find()) {
        deep += end.group(1).isEmpty() ? 1 : -1;
      }
      within |= deep == 0 && end.start() > at;
    }
    return within;
  }
}
