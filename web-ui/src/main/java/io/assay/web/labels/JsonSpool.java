package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The elements of a JSON array that is written while another part of the document is. */
final class JsonSpool implements AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private int size;

  JsonSpool(Path file) throws IOException {
    this.file = file;
    this.out = new BufferedOutputStream(Files.newOutputStream(file));
  }

  void add(JsonNode element) throws IOException {
    if (size++ > 0) {
      out.write(',');
    }
    out.write(JsonMapper.shared().writeValueAsString(element).getBytes(UTF_8));
  }

  int size() {
    return size;
  }

  /** Writes the array; nothing is added after that. */
  void writeTo(OutputStream document) throws IOException {
    out.close();
    document.write('[');
    Files.copy(file, document);
    document.write(']');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
