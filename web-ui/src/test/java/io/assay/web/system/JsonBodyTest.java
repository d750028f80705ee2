package io.assay.web.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
  record Wish(String name, List<String> streams) {}

  @Test
  void aBodyIsRead() {
    assertThat(read("{\"name\":\"a\",\"streams\":[\"s\"]}")).isEqualTo(new Wish("a", List.of("s")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a wish needs a JSON object, got nothing",
        "null | a wish needs a JSON object, got null",
        "[] | a wish needs a JSON object, got a list",
        "'\"a\"' | a wish needs a JSON object, got a text",
        "{ | 'a wish needs a JSON object, got no JSON: line 1, column 2'",
        "name=a | 'a wish needs a JSON object, got no JSON: line 1, column 1'",
        "{\"streams\":7} | '''streams'' of a wish has a value of another kind'",
        "{\"nam\":1} | 'a wish has no ''nam'': it has name, streams'"
      })
  void whatIsWrongIsToldInOurWords(String body, String told) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(Refused.class).hasMessage(told);
  }

  private static Wish read(String body) {
    return JsonBody.read(body.getBytes(UTF_8), Wish.class, "a wish");
  }
}
