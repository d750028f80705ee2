package io.assay.stream.contract;

import io.assay.assertion.rule.SourceFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that rules are compiled from, what is usual included (ADR 18): the same content gives the
 * same rules everywhere.
 *
 * @param files by names that do not depend on the machine: within their folder, parts separated by
 *     {@code /}
 * @param parameters values for {@code param}s that replace those in the texts
 */
public record RuleContent(List<SourceFile> files, Map<String, String> parameters) {
  /** Of all texts together; far above what people write, and what every reader can hold. */
  public static final int MOST_CHARACTERS = 16 << 20;

  public RuleContent {
    files = List.copyOf(files);
    parameters = Map.copyOf(parameters);
    long size = files.stream().mapToLong(RuleContent::characters).sum();
    if (files.isEmpty() || size > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a rule set needs a file or more, of at most %d characters together; got %d files, %d characters"
              .formatted(MOST_CHARACTERS, files.size(), size));
    }
    if (files.stream().map(SourceFile::name).distinct().count() != files.size()) {
      throw new IllegalArgumentException(
          "a rule set needs files of different names, got "
              + files.stream().map(SourceFile::name).toList());
    }
  }

  private static long characters(SourceFile file) {
    return file.text().length() + (long) file.usual().map(String::length).orElse(0);
  }

  /** Hex SHA-256 over names, texts, what is usual, and parameters. */
  public String hash() {
    MessageDigest digest = sha256();
    for (SourceFile file : files) {
      add(digest, file.name());
      add(digest, file.text());
      digest.update((byte) (file.usual().isPresent() ? 1 : 0));
      file.usual().ifPresent(usual -> add(digest, usual));
    }
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              add(digest, name);
              add(digest, value);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With its length before it, so that no two lists of texts share their bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
