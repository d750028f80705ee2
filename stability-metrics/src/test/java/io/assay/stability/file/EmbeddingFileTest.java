package io.assay.stability.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingFileTest {
  @ParameterizedTest
  @CsvSource({"<f8", ">f8", "<f4", ">f4", "<f2", "<i2", ">i4", "<i8", "|i1", "|u1", "<u2"})
  void numbersOfEveryWidthAreRead(String type) throws IOException {
    NamedEmbedding read = read(array(type, "False", "2, 3", 1, 2, 3, 4, 5, 6));
    assertThat(row(read, 0)).containsExactly(1, 2, 3);
    assertThat(row(read, 1)).containsExactly(4, 5, 6);
    assertThat(read.names()).isEmpty();
  }

  @Test
  void columnsAreTurnedIntoRows() throws IOException {
    assertThat(row(read(array("<f8", "True", "2, 3", 1, 4, 2, 5, 3, 6)), 1))
        .containsExactly(4, 5, 6);
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(array("<f4", "False", "1, 2", 0.5, -1));
    }
    assertThat(row(read(packed.toByteArray()), 0)).containsExactly(0.5, -1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f8;3, 3;3 x 3 numbers are needed, the file ends in the 3.",
        "<f8;2, 2;2 x 2 numbers need to be the end of the file, got more",
        "<f8;6,;an embedding needs two dimensions, got shape (6)",
        "<f8;1, 2, 3;an embedding needs two dimensions, got shape (1, 2, 3)",
        "<f8;-2, 3;an embedding needs a row, got none",
        "<f8;99999999999, 3;a dimension needs to be 0 to 2147483647, got '99999999999'",
      })
  void anArrayThatIsNoneIsRefused(String type, String shape, String message) {
    assertThatThrownBy(() -> read(array(type, "False", shape, 1, 2, 3, 4, 5, 6)))
        .isInstanceOf(BadEmbeddingException.class)
        .hasMessage(message);
  }

  @Test
  void otherTypesAreNamed() {
    assertThatThrownBy(() -> read(array("<c8", "False", "1, 1", 1)))
        .isInstanceOf(BadEmbeddingException.class)
        .hasMessageStartingWith("the array needs numbers (f2, f4, f8, i1 to i8, u1 to u4), got");
    assertThatThrownBy(() -> read(array("<f8", "False", "1, 2", 1, Double.NaN)))
        .hasMessage("row 0 needs finite numbers, got NaN in column 1");
  }

  @Test
  void word2vecAndGloveAreRead() throws IOException {
    NamedEmbedding glove = read("the 1 2\nof -0.5 1e-3\nx 3 4\n");
    assertThat(glove.names()).hasValue(List.of("the", "of", "x"));
    assertThat(row(glove, 1)).containsExactly(-0.5, 0.001);
    NamedEmbedding word2vec = read("3 2\nthe 1 2 \nNew York 3 4\r\n2 5 6\n");
    assertThat(word2vec.names()).hasValue(List.of("the", "New York", "2"));
    assertThat(row(word2vec, 1)).containsExactly(3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a 1 2|b 1 2 3;line 2: a name and 2 numbers are needed, got a name and 3"
            + " numbers or more (a name with a space does not end in one)",
        "a 1 2|b 1;line 2: a name and 2 numbers are needed, got 2 words",
        "a 1 2|b 1 x;line 2: a number is needed, got 'x'",
        "a 1 NaN;line 1: a finite number is needed, got 'NaN'",
        "a 1|a 2;line 2: every name needs one line, got 'a' again",
        "3 2|a 1 2;line 1: 3 rows are announced, got 1",
        "3 2;the file needs a line 'name number number ...', got none",
        "word;line 1: a name and 1 numbers are needed, got 1 words",
      })
  void textThatIsNoneIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('|', '\n')))
        .isInstanceOf(BadEmbeddingException.class)
        .hasMessage(message);
  }

  @Test
  void itemsMeetByName() throws IOException {
    SharedItems shared =
        SharedItems.of(List.of(read("a 1 1\nb 2 2\nc 3 3\n"), read("c 30\nd 40\na 10\n")));
    assertThat(shared.names()).hasValue(List.of("a", "c"));
    assertThat(shared.items()).isEqualTo(4);
    double[] row = new double[1];
    shared.embeddings().get(1).copyRow(1, row);
    assertThat(row).containsExactly(30);
  }

  @Test
  void itemsThatDoNotMeetAreRefused() throws IOException {
    NamedEmbedding a = read("a 1 1\nb 2 2\n");
    assertThatThrownBy(() -> SharedItems.of(List.of(a, read("c 1\n"))))
        .hasMessage("a pair needs items in common, got none by name");
    assertThatThrownBy(() -> SharedItems.of(List.of(a, a, a, read("a 1\n"))))
        .hasMessage("anchors need all items of the pair, got no 'b'");
    NamedEmbedding rows = read(array("<f8", "False", "3, 1", 1, 2, 3));
    assertThatThrownBy(() -> SharedItems.of(List.of(a, rows)))
        .hasMessage(
            "without names in all files rows are the same items, and need equal numbers, got [2,"
                + " 3]");
  }

  private static double[] row(NamedEmbedding read, int row) {
    double[] values = new double[read.embedding().dimensions()];
    read.embedding().copyRow(row, values);
    return values;
  }

  private static NamedEmbedding read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static NamedEmbedding read(byte[] bytes) throws IOException {
    return EmbeddingFile.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] array(String type, String fortran, String shape, double... values) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n".formatted(type, fortran, shape);
    int width = type.charAt(2) - '0';
    ByteBuffer buffer = ByteBuffer.allocate(10 + header.length() + values.length * width);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    buffer.put((byte) 0).order(ByteOrder.LITTLE_ENDIAN).putShort((short) header.length());
    buffer.put(header.getBytes(StandardCharsets.US_ASCII));
    buffer.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      put(buffer, type.charAt(1) == 'f', width, value);
    }
    return buffer.array();
  }

  private static void put(ByteBuffer buffer, boolean floating, int width, double value) {
    switch (width) {
      case 1 -> buffer.put((byte) value);
      case 2 -> buffer.putShort(floating ? Float.floatToFloat16((float) value) : (short) value);
      case 4 -> {
        if (floating) {
          buffer.putFloat((float) value);
        } else {
          buffer.putInt((int) value);
        }
      }
      default -> {
        if (floating) {
          buffer.putDouble(value);
        } else {
          buffer.putLong((long) value);
        }
      }
    }
  }
}
