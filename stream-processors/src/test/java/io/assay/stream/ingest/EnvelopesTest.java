package io.assay.stream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopesTest {
  private final List<Envelopes.Opened> opened = new ArrayList<>();

  private Optional<String> open(String body, boolean batch) {
    return Envelopes.open(body.replace('\'', '"').getBytes(UTF_8), batch, opened::add);
  }

  @Test
  void eachOfABatchStandsWhereItSays() {
    String batch =
        """
        [ {'specversion':'1.0','id':'1','source':'ü','type':'t','data': [1, 2]} ,
          7, {'specversion':'1.0','id':'2','source':'s','type':'t','n':5,'data':'x'}]
        """
            .replace('\'', '"');
    assertThat(open(batch, true)).isEmpty();
    assertThat(opened).hasSize(3);
    var first = (Envelopes.Opened.Event) opened.getFirst();
    assertThat(new String(first.event().data(), UTF_8)).isEqualTo("[1, 2]");
    byte[] bytes = batch.getBytes(UTF_8);
    assertThat(new String(bytes, first.from(), first.to() - first.from(), UTF_8))
        .startsWith("{\"specversion\"")
        .endsWith("[1, 2]}");
    assertThat(opened.get(1))
        .isEqualTo(new Envelopes.Opened.Refused(List.of("needed a CloudEvent as a JSON object")));
    var last = (Envelopes.Opened.Event) opened.getLast();
    assertThat(new String(last.event().data(), UTF_8)).isEqualTo("\"x\"");
    assertThat(last.event().attributes().byName())
        .containsEntry("n", "5")
        .containsEntry("id", "2")
        .doesNotContainKey("specversion");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'data':'hi' | application/json | \"hi\" | true",
        "'data':'hi' | text/plain; charset=utf-8 | hi | false",
        "'data':{'a':1} | text/plain | {\"a\":1} | true",
        "'data_base64':'e30=' | application/vnd.acme+json | {} | true",
        "'data_base64':'aGk=' | image/png | hi | false",
        "'data':null | text/plain | `` | false",
      })
  void dataIsWhatBinaryModeWouldHaveSent(String data, String type, String sent, boolean json) {
    open(
        "{'specversion':'1.0','id':'1','source':'s','type':'t','datacontenttype':'%s',%s}"
            .formatted(type, data),
        false);
    CloudEvent event = ((Envelopes.Opened.Event) opened.getFirst()).event();
    assertThat(new String(event.data(), UTF_8)).isEqualTo(sent);
    assertThat(event.isJson()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':{'a':1} | 'id' needs a text, a number or true or false",
        "'id':['a'] | id is needed, none came",
        "'tenant':{} | 'tenant' needs a text",
        "'data_base64':{'a':1} | 'data_base64' needs a text",
        "'data_base64':'%' | 'data_base64' is not base64",
        "'data':1,'data_base64':'e30=' | data is given twice",
        "'dat':{} | did you mean 'data'?",
        "'UPPER_CASE':1 | attributes are named by letters and digits",
        "'type':'u' | 'type' is given twice",
      })
  void whatIsNoCloudEventSaysWhy(String member, String why) {
    String event =
        "{'specversion':'1.0',%s'source':'s','type':'t',%s}"
            .formatted(member.contains("'id'") ? "" : "'id':'1',", member);
    assertThat(open(event, false)).isEmpty();
    assertThat(opened)
        .singleElement()
        .isInstanceOfSatisfying(
            Envelopes.Opened.Refused.class,
            refused -> assertThat(String.join("; ", refused.reasons())).contains(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | false | needed a CloudEvent as a JSON object",
        "{} | true | needed a JSON array of CloudEvents",
        "[] 1 | true | the body goes on behind its end",
        "{'id': | false | the body is not JSON: ",
      })
  void whatIsNoEnvelopeSaysWhy(String body, boolean batch, String why) {
    assertThat(open(body, batch).orElse("")).startsWith(why);
  }
}
