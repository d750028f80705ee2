package io.assay.stream.contract;

import io.assay.assertion.rule.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A generation as bytes: compressed JSON, so that a newer one may say more. */
final class RuleBytes {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** No set has as much, so that broken bytes cannot fill the memory. */
  private static final int MOST_BYTES = 8 * RuleContent.MOST_CHARACTERS;

  private RuleBytes() {}

  private record File(String name, String text, @Nullable String usual) {}

  private record Document(
      int format,
      String project,
      long generation,
      List<File> files,
      Map<String, String> parameters,
      String home,
      String place,
      String version,
      String actor,
      long atMillis,
      String documentHash) {}

  static byte[] write(RuleSet set) {
    RuleOrigin origin = set.origin();
    var document =
        new Document(
            FORMAT,
            set.project(),
            set.generation(),
            set.content().files().stream()
                .map(file -> new File(file.name(), file.text(), file.usual().orElse(null)))
                .toList(),
            set.content().parameters(),
            origin.home().name(),
            origin.place(),
            origin.version(),
            origin.actor(),
            origin.at().toEpochMilli(),
            set.documentHash());
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(JSON.writeValueAsBytes(document));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #write}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static RuleSet read(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return read(JSON.readValue(in.readNBytes(MOST_BYTES), Document.class));
    } catch (IOException | JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException("a rule set cannot be read: " + broken, broken);
    }
  }

  private static RuleSet read(Document document) {
    if (document.format() != FORMAT) {
      throw new IllegalArgumentException(
          "rule sets need format %d, got %d".formatted(FORMAT, document.format()));
    }
    // Jackson fills what a record lacks with null.
    return new RuleSet(
        Objects.requireNonNull(document.project(), "project"),
        document.generation(),
        new RuleContent(
            Objects.requireNonNull(document.files(), "files").stream()
                .map(f -> new SourceFile(f.name(), f.text(), Optional.ofNullable(f.usual())))
                .toList(),
            Objects.requireNonNull(document.parameters(), "parameters")),
        new RuleOrigin(
            RuleHome.valueOf(document.home()),
            Objects.requireNonNull(document.place(), "place"),
            Objects.requireNonNull(document.version(), "version"),
            Objects.requireNonNull(document.actor(), "actor"),
            Instant.ofEpochMilli(document.atMillis())),
        Objects.requireNonNull(document.documentHash(), "documentHash"));
  }
}
