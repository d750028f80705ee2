package io.assay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results in the XML that continuous integration reads since Ant's JUnit task wrote it.
 *
 * <p>There is no one schema. This writes what the strictest of those in use demands (host, time
 * stamp, empty properties and outputs) and nothing that the others forbid.
 */
final class JUnitXml {
  private final Clock clock;

  JUnitXml(Clock clock) {
    this.clock = clock;
  }

  /** Cases that belong together, such as those of one rule file. */
  record Suite(String name, List<Case> cases) {
    Suite {
      cases = List.copyOf(cases);
    }
  }

  /**
   * One check.
   *
   * @param group what {@code classname} carries: trees of results are made by it
   */
  record Case(String group, String name, long nanos, Result result) {}

  /** How a check ended. */
  sealed interface Result {
    record Passed() implements Result {}

    record Failed(String message, String details) implements Result {}

    record Skipped(String reason) implements Result {}
  }

  /** Folders that are missing are made. */
  void write(Path file, List<Suite> suites) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (Writer out = Files.newBufferedWriter(file)) {
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (int i = 0; i < suites.size(); i++) {
          write(suites.get(i), i, xml);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Suite suite, int id, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute(xml, "name", suite.name());
    attribute(xml, "package", "assay");
    attribute(xml, "id", Integer.toString(id));
    attribute(xml, "tests", Integer.toString(suite.cases().size()));
    attribute(xml, "failures", count(suite, Result.Failed.class));
    attribute(xml, "errors", "0");
    attribute(xml, "skipped", count(suite, Result.Skipped.class));
    attribute(xml, "time", seconds(suite.cases().stream().mapToLong(Case::nanos).sum()));
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    // toString would leave the seconds out at a full minute
    attribute(
        xml,
        "timestamp",
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(now.truncatedTo(ChronoUnit.SECONDS)));
    attribute(xml, "hostname", "localhost");
    xml.writeEmptyElement("properties");
    for (Case one : suite.cases()) {
      write(one, xml);
    }
    xml.writeEmptyElement("system-out");
    xml.writeEmptyElement("system-err");
    xml.writeEndElement();
  }

  private static String count(Suite suite, Class<? extends Result> kind) {
    return Long.toString(suite.cases().stream().map(Case::result).filter(kind::isInstance).count());
  }

  private static void write(Case one, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "classname", one.group());
    attribute(xml, "name", one.name());
    attribute(xml, "time", seconds(one.nanos()));
    switch (one.result()) {
      case Result.Passed ignored -> {}
      case Result.Skipped why -> {
        xml.writeEmptyElement("skipped");
        attribute(xml, "message", why.reason());
      }
      case Result.Failed why -> {
        xml.writeStartElement("failure");
        attribute(xml, "message", why.message());
        attribute(xml, "type", "failed");
        xml.writeCharacters(printable(why.details()));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, printable(value));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  /** XML 1.0 has no way to write most control characters, nor half of a surrogate pair. */
  private static String printable(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().map(c -> isAllowed(c) ? c : '\ufffd').forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
