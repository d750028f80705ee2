package io.assay.stream.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorReaderTest {
  private final Embeddings timed =
      embeddings(
          """
          item    id       int
          version release  string
          time    at       timestamp(millis)
          vector  3
          """);

  private static Embeddings embeddings(String fields) {
    Compilation compiled =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "a.assay",
                        "language 1\nembeddings words from topic \"words\" {\n%s}\n"
                            .formatted(fields))));
    return compiled
        .rules()
        .orElseThrow(() -> new AssertionError(compiled.issues().toString()))
        .declared()
        .embeddings()
        .getFirst();
  }

  private static Came read(VectorReader reader, String json) {
    return reader.read(json.getBytes(UTF_8), 77);
  }

  @Test
  void aRowIsReadByItsDeclaration() {
    Came came =
        read(
            VectorReader.of(timed),
            "{\"id\":12,\"release\":\"b\",\"at\":1700000000123,\"vector\":[1,-2.5,0.1],\"more\":[{}]}");
    assertThat(came).isInstanceOf(Came.OfItem.class);
    Came.OfItem row = (Came.OfItem) came;
    assertThat(row.item()).isEqualTo("12");
    assertThat(row.release()).isEqualTo("b");
    assertThat(row.atMillis()).isEqualTo(1_700_000_000_123L);
    assertThat(row.vector().values()).containsExactly(1, -2.5, (double) 0.1f);
    assertThat(Vector.read(row.vector().bytes()).isSame(row.vector())).isTrue();
  }

  @Test
  void aRowWithoutItsTimeIsUnreadable() {
    assertThat(read(VectorReader.of(timed), "{\"id\":12,\"release\":\"b\",\"vector\":[1,2,3]}"))
        .isEqualTo(new Came.Unreadable("no-time", "needed a value in 'at', came nothing"));
  }

  @Test
  void aMarkerNeedsNoTime() {
    String marker = "{\"release\":\"b\",\"closed\":true}";
    assertThat(read(VectorReader.of(timed), marker)).isEqualTo(new Came.Marker("b"));
    assertThat(read(VectorReader.ofNames(timed), marker)).isEqualTo(new Came.Marker("b"));
  }

  @Test
  void namesAreReadWithoutTheirVectors() {
    Came came =
        read(VectorReader.ofNames(timed), "{\"id\":12,\"release\":\"b\",\"vector\":[1,\"x\"]}");
    assertThat(came).isInstanceOf(Came.OfItem.class);
    assertThat(((Came.OfItem) came).item()).isEqualTo("12");
    assertThat(
            read(VectorReader.ofNames(timed), "{\"release\":\"b\",\"closed\":true,\"vector\":[1]}"))
        .isInstanceOf(Came.Unreadable.class);
  }

  @Test
  void aNameThatIsTooLongIsUnreadable() {
    String json =
        "{\"id\":1,\"release\":\"%s\",\"at\":1,\"vector\":[1,2,3]}".formatted("r".repeat(1001));
    assertThat(read(VectorReader.of(timed), json))
        .isEqualTo(
            new Came.Unreadable(
                "no-version", "needed 1 to 1000 characters in 'release', came 1001"));
  }
}
