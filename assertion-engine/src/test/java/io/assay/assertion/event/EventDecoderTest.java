package io.assay.assertion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final StreamType CAMERA =
      stream(
          """
          stream camera from topic "t" {
            key vehicle string
            time at timestamp(millis)
            size 200 x 100
            weather string?
            speed double?
            frame int?
            boxes list {
              track string?
              label enum("car", "van")
              score ratio
              area rect = xyxy(bbox)
            }
          }
          """);

  private static final Set<String> ALL =
      Set.of(
          "weather",
          "speed",
          "frame",
          "boxes",
          "boxes.track",
          "boxes.label",
          "boxes.score",
          "boxes.area");

  private static StreamType stream(String text) {
    var compiled = new RuleCompiler().compile(List.of(new SourceFile("s.assay", text)));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString()))
        .streams()
        .getFirst();
  }

  private static Decoded decode(StreamType stream, Set<String> reads, byte[] payload) {
    return EventDecoder.of(stream, reads)
        .decode(payload, null, new Coordinates("t", 0, 7), Long.MIN_VALUE);
  }

  private static Decoded decode(String payload) {
    return decode(CAMERA, ALL, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static Event readable(String payload) {
    Decoded decoded = decode(payload);
    assertThat(decoded).isInstanceOf(Decoded.Readable.class);
    return ((Decoded.Readable) decoded).event();
  }

  private static Decoded.Unreadable unreadable(String payload) {
    Decoded decoded = decode(payload);
    assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
    return (Decoded.Unreadable) decoded;
  }

  private static Row box(Event event, int index) {
    StructType.Field boxes = event.stream().root().field("boxes").orElseThrow();
    List<?> list = (List<?>) Objects.requireNonNull(event.root().getReference(boxes.slot()));
    return (Row) list.get(index);
  }

  private static StructType.Field field(Row row, String name) {
    return row.type().field(name).orElseThrow();
  }

  private static String one(String box) {
    return "{\"vehicle\":\"v\",\"at\":1500,\"boxes\":[" + box + "]}";
  }

  @Test
  void readsFieldsByTheirMapping() {
    Event event =
        readable(
            one("{\"label\":\"car\",\"score\":0.5,\"bbox\":[10,20,40,60],\"junk\":{\"a\":[1]}}"));
    assertThat(event.key()).isEqualTo("v");
    assertThat(event.at()).isEqualTo(1_500_000_000L);
    assertThat(event.received()).isEqualTo(event.at());
    assertThat(event.problems()).isEmpty();
    Row box = box(event, 0);
    assertThat(box.getDouble(field(box, "score").slot())).isEqualTo(0.5);
    assertThat(box.getReference(field(box, "area").slot())).isEqualTo(new Rect(10, 20, 30, 40));
    assertThat(box.state(field(box, "track").index())).isEqualTo(Row.ABSENT);
  }

  @Test
  void skipsWhatNothingReads() {
    Event event =
        ((Decoded.Readable)
                decode(
                    CAMERA,
                    Set.of("boxes.label"),
                    one("{\"label\":\"car\",\"score\":7,\"bbox\":\"?\"}")
                        .getBytes(StandardCharsets.UTF_8)))
            .event();
    Row box = box(event, 0);
    assertThat(event.problems()).isEmpty();
    assertThat(box.state(field(box, "score").index())).isEqualTo(Row.ABSENT);
    assertThat(box.state(field(box, "label").index())).isEqualTo(Row.PRESENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`score`:1.02,`label`:`car`,`bbox`:[0,0,1,1] | boxes[0].score | a number in 0 .. 1 | 1.02",
        "`score`:NaN,`label`:`car`,`bbox`:[0,0,1,1] | boxes[0].score | a number in 0 .. 1 | NaN",
        "`score`:`0.9`,`label`:`car`,`bbox`:[0,0,1,1] | boxes[0].score | a number in 0 .. 1 |"
            + " \"0.9\"",
        "`score`:1e999,`label`:`car`,`bbox`:[0,0,1,1] | boxes[0].score | a number in 0 .. 1 |"
            + " 1e999",
        "`score`:0.9,`label`:`bus`,`bbox`:[0,0,1,1] | boxes[0].label | one of car, van | \"bus\"",
        "`score`:0.9,`label`:`car`,`bbox`:[5,0,1,1] | boxes[0].area | a box of width and height >="
            + " 0 | width -4.0, height 1.0",
        "`score`:0.9,`label`:`car`,`bbox`:[0,0,1] | boxes[0].area | a list of 4 finite numbers | 3"
            + " values",
        "`score`:0.9,`label`:`car`,`bbox`:[0,0,1,`x`] | boxes[0].area | a list of 4 finite numbers"
            + " | one that is \"x\"",
        "`score`:0.9,`label`:`car` | boxes[0].area | a value | nothing",
        "`score`:0.9,`label`:null,`bbox`:[0,0,1,1] | boxes[0].label | a value | nothing",
        "`score`:0.9,`score`:0.8,`label`:`car`,`bbox`:[0,0,1,1] | boxes[0].score | one value | a"
            + " second one of the same name"
      })
  void notesAWrongValueAndReadsTheRest(String box, String path, String needed, String came) {
    Event event = readable(one("{" + box.replace('`', '"') + "}"));
    assertThat(event.problems()).containsExactly(new Event.Problem(path, needed, came));
    String name = path.substring(path.indexOf('.') + 1);
    for (StructType.Field field : box(event, 0).type().fields()) {
      byte state = box(event, 0).state(field.index());
      if (field.name().equals(name)) {
        assertThat(state).as(name).isNotEqualTo(Row.PRESENT);
      } else if (!field.optional()) {
        assertThat(state).as(field.name()).isEqualTo(Row.PRESENT);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`frame`:1.5} | frame",
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`frame`:99999999999999999999} | frame",
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`frame`:true} | frame",
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`speed`:Infinity} | speed",
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`speed`:[1]} | speed",
        "{`vehicle`:`v`,`at`:1,`boxes`:[],`weather`:3} | weather",
        "{`vehicle`:`v`,`at`:1,`boxes`:{}} | boxes",
        "{`vehicle`:`v`,`at`:1} | boxes",
        "{`vehicle`:`v`,`at`:1,`boxes`:[7]} | boxes[0]"
      })
  void notesAValueOfAnotherType(String payload, String path) {
    assertThat(readable(payload.replace('`', '"')).problems())
        .extracting(Event.Problem::path)
        .containsExactly(path);
  }

  @Test
  void takesAWholeNumberWrittenAsADouble() {
    Event event = readable("{\"vehicle\":\"v\",\"at\":1,\"boxes\":[],\"frame\":3.0}");
    assertThat(event.problems()).isEmpty();
    assertThat(event.root().getLong(CAMERA.root().field("frame").orElseThrow().slot()))
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`vehicle`:`v`,`at`:1 | broken-json | byte",
        "{`vehicle`:`v`,`at`:[1 | broken-json | Array at byte",
        "{`vehicle`:`v`,`at`:1} x | broken-json | byte 23",
        "{`vehicle`:`v`,`at`:1}{} | broken-json | needed the end",
        "[1] | broken-json | needed a JSON object, came a list",
        "{`at`:1} | no-key | needed a value in 'vehicle', came nothing",
        "{`vehicle`:null,`at`:1} | no-key | came nothing",
        "{`vehicle`:7,`at`:1} | no-key | needed a string in 'vehicle', came 7",
        "{`vehicle`:``,`at`:1} | no-key | came \"\"",
        "{`vehicle`:`v`} | no-time | needed a value in 'at', came nothing",
        "{`vehicle`:`v`,`at`:`soon`} | no-time | milliseconds since 1970",
        "{`vehicle`:`v`,`at`:99999999999999999} | no-time | between the years 1677 and 2262",
        "{`vehicle`:`v`,`at`:9999999999999999999} | no-time | between the years 1677 and 2262",
        "{`vehicle`:`v`,`at`:NaN} | no-time | came NaN",
        "{`vehicle`:`v`,`at`:1,`at`:2} | no-time | one value"
      })
  void refusesWhatCannotBeReadAtAll(String payload, String cause, String detail) {
    Decoded.Unreadable bad = unreadable(payload.replace('`', '"'));
    assertThat(bad.cause()).isEqualTo(cause);
    assertThat(bad.detail()).contains(detail);
  }

  @Test
  void refusesAnEmptyPayloadAndBrokenText() {
    assertThat(decode(CAMERA, ALL, new byte[0])).isInstanceOf(Decoded.Unreadable.class);
    assertThat(decode(CAMERA, ALL, new byte[] {(byte) 0xFF, (byte) 0xFE}))
        .isInstanceOf(Decoded.Unreadable.class);
    assertThat(unreadable("[".repeat(5000)).cause()).isEqualTo("broken-json");
    assertThat(unreadable("{\"x\":" + "[".repeat(5000)).cause()).isEqualTo("broken-json");
  }

  @Test
  void limitsHowManyProblemsAnEventTells() {
    Event event = readable(one("7,".repeat(500) + "7"));
    assertThat(event.problems()).hasSize(Decoding.MOST_PROBLEMS + 1);
  }

  @Test
  void neverThrowsWhateverTheBytes() {
    String good = one("{\"label\":\"car\",\"score\":0.5,\"bbox\":[10,20,40,60],\"track\":\"é\"}");
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(decode(CAMERA, ALL, bytes)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp | \"2026-01-31T12:00:00.25+01:00\" | 1769857200250000000",
        "timestamp(seconds) | 1769857200.25 | 1769857200250000000",
        "timestamp(seconds) | 1769857200.123456789 | 1769857200123456789",
        "timestamp(millis) | 1769857200250 | 1769857200250000000",
        "timestamp(micros) | 1769857200250001 | 1769857200250001000",
        "timestamp(nanos) | 1769857200250001002 | 1769857200250001002",
        "timestamp(millis) | -1.5 | -1500000",
        "timestamp(millis) | 1e-999999999 | 0"
      })
  void readsTimesOfEveryUnit(String example) {
    String[] parts = example.split(" \\| ", -1);
    StreamType stream =
        stream("stream s from topic \"t\" { key k string time at " + parts[0] + " }");
    byte[] payload = "{\"k\":\"v\",\"at\":%s}".formatted(parts[1]).getBytes(StandardCharsets.UTF_8);
    Decoded decoded = decode(stream, Set.of(), payload);
    assertThat(decoded).isInstanceOf(Decoded.Readable.class);
    assertThat(((Decoded.Readable) decoded).event().at()).isEqualTo(Long.parseLong(parts[2]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':[1,2,3]} | 3.0 | 1.0",
        "{'x':[1,2,3,4,[5,{}]]} | 3.0 | 1.0",
        "{'x':[[9],2.5,3]} | 3.0 | ",
        "{'x':[1,2]} | | 1.0",
        "{'x':[1,null,null]} | | 1.0",
        "{'x':[]} | | ",
        "{'x':7} | | ",
        "{'x':{'[2]':1}} | | ",
        "{'x':null} | | ",
        "{} | | ",
      })
  void aPlaceInAListIsRead(String inputs, String third, String first) {
    StreamType stream =
        stream(
            """
            stream s from topic "t" {
              key k string
              time at timestamp(millis)
              third double? from inputs.x[2]
              first double? from inputs.x[0]
              label string? from inputs.y[1].label
            }
            """);
    String payload = "{'k':'a','at':1,'inputs':%s}".formatted(inputs).replace('\'', '"');
    Event event =
        ((Decoded.Readable)
                decode(stream, Set.of("third", "first"), payload.getBytes(StandardCharsets.UTF_8)))
            .event();
    assertThat(number(event, "third")).isEqualTo(third == null ? null : Double.valueOf(third));
    assertThat(number(event, "first")).isEqualTo(first == null ? null : Double.valueOf(first));
  }

  private static @Nullable Double number(Event event, String name) {
    StructType.Field field = event.stream().root().field(name).orElseThrow();
    return event.root().state(field.index()) == Row.PRESENT
        ? Double.longBitsToDouble(event.root().getLong(field.slot()))
        : null;
  }

  @Test
  void aListAndAPlaceInItAreBothRead() {
    StreamType stream =
        stream(
            """
            stream s from topic "t" {
              key k string from ids[1].name
              time at timestamp(millis)
              x list<double> from inputs.x
              second double from inputs.x[1]
            }
            """);
    String payload = "{\"ids\":[0,{\"name\":\"b\"}],\"at\":1,\"inputs\":{\"x\":[1.5,2.5]}}";
    Event event =
        ((Decoded.Readable)
                decode(stream, Set.of("x", "second"), payload.getBytes(StandardCharsets.UTF_8)))
            .event();
    assertThat(event.key()).isEqualTo("b");
    assertThat(event.root().getReference(stream.root().field("x").orElseThrow().slot()))
        .isEqualTo(List.of(1.5, 2.5));
    assertThat(number(event, "second")).isEqualTo(2.5);
    String without = payload.replace("ids", "idz");
    assertThat(decode(stream, Set.of(), without.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Decoded.Unreadable("no-key", "needed a value in 'ids[1].name', came nothing"));
  }
}
