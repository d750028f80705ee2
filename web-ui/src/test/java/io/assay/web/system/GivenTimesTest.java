package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times of no event, ends before beginnings and what is no time at all: no page and no endpoint
 * breaks on them, and what cannot be taken is told in words.
 */
class GivenTimesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  /** In the far past and future, as times, days and numbers, alone and as places in lists. */
  private static final List<String> FAR =
      List.of(
          "99999-01-01T00:00:00Z",
          "+1000000-01-01T00:00:00Z",
          "-1000000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "+1000000-01-01T00:00:00Z~1",
          "9223372036854775807~1~1",
          "1e300~+1000000-01-01T00:00:00Z~1",
          "+1000000-01-01",
          "0-99999999999999999-1",
          "9223372036854775807");

  private static final List<String> MALFORMED =
      List.of("soon", "2026-02-30T00:00:00Z", "2026-03-01T08:00:00+99:00", "~", "a\u0000b", "'");

  /** Endpoints that take filters by names that their document lists no further. */
  private static final Map<String, List<String>> FILTERS =
      Map.of(
          "/violations", List.of("from", "to"),
          "/audit", List.of("since", "until"),
          "/dead-letters", List.of("since", "until"));

  /** Bodies that are taken but for their times. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /backtests",
          """
          {"file": "a.assay", "text": "language 1", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}\
          """,
          "POST /sweeps",
          """
          {"assertion": "flicker", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}\
          """,
          "POST /tokens",
          """
          {"name": "short", "scopes": ["read"], "expires": "TOMORROW"}\
          """,
          "POST /alerts/silences",
          """
          {"matchers": ["alertname=\\"nothing\\""], "starts": "9998-03-01T00:00:00Z", "ends": "2h", "comment": "x"}\
          """);

  private static final Set<String> ENDS =
      Set.of("from", "to", "since", "until", "starts", "ends", "expires");

  private static Installation here;
  private static BrowsingClient reader;
  private static List<ToldOperation> operations;
  private static JsonNode document;

  @BeforeAll
  static void look() {
    here = Installation.shared();
    reader = here.member(Role.ADMINISTRATOR);
    document = JSON.readTree(reader.get("/api/v1/openapi.json", "application/json").body());
    operations = ToldOperation.of(document);
  }

  private static String path(String pattern) {
    String filled =
        pattern
            .replace("{project}", Installation.PROJECT)
            .replace("{day}", "2026-03-01")
            .replace("{name}", "flicker")
            .replace("{stream}", "camera");
    return VARIABLE.matcher(filled).replaceAll("1");
  }

  private static String query(String name, String value) {
    return "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** What is wrong with an answer to a program: that it broke, or says no word. */
  private static void look(Set<String> wrong, String asked, HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    boolean told =
        type.startsWith("application/problem+json")
            && !JSON.readTree(answer.body()).path("detail").asString("").isBlank();
    boolean broken = answer.statusCode() >= 500 && answer.statusCode() != 503;
    if (broken || (answer.statusCode() >= 400 && !told)) {
      wrong.add(asked + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  @Test
  void noEndpointBreaksOnWhatItIsGivenInItsAddress() {
    Set<String> wrong = new TreeSet<>();
    int asked = 0;
    for (ToldOperation one : operations) {
      if (one.method().equals("GET")) {
        for (String name : names(one)) {
          for (String value : values().toList()) {
            asked++;
            String address = path(one.path()) + query(name, value);
            look(wrong, one.name() + query(name, value), reader.get(address, "application/json"));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(1_000);
  }

  private static Stream<String> values() {
    return Stream.of(FAR, MALFORMED, List.of("")).flatMap(List::stream);
  }

  /** Nothing is no time, and U+0000 comes no further than the door. */
  private static boolean comes(String value) {
    return !value.isEmpty() && value.indexOf(0) < 0;
  }

  private static List<String> names(ToldOperation one) {
    return one.parameters("query").stream()
        .map(parameter -> parameter.path("name").asString())
        .flatMap(
            name ->
                name.equals("filters")
                    ? Stream.of("from", "to", "since", "until", "before", "after", "range")
                    : Stream.of(name))
        .toList();
  }

  @Test
  void aTimeThatNoEventHasIsNeverTaken() {
    Set<String> taken = new TreeSet<>();
    FILTERS.forEach(
        (list, names) -> {
          for (String name : names) {
            for (String value : values().filter(GivenTimesTest::comes).toList()) {
              String asked = list + query(name, value);
              var answer = reader.get("/api/v1/projects/default" + asked, "application/json");
              if (answer.statusCode() != 400
                  || !answer.body().contains("of the years 0001 to 9999")) {
                taken.add(asked + ": " + answer.statusCode() + " " + answer.body());
              }
            }
          }
          String reversed =
              list
                  + query(names.getFirst(), "2026-03-02T00:00:00Z")
                  + query(names.getLast(), "2026-03-01T00:00:00Z").replace('?', '&');
          var answer = reader.get("/api/v1/projects/default" + reversed, "application/json");
          if (answer.statusCode() != 400 || !answer.body().contains("needs a time before")) {
            taken.add(reversed + ": " + answer.statusCode() + " " + answer.body());
          }
        });
    assertThat(taken).isEmpty();
  }

  @Test
  void noBodyWithATimeThatNoEventHasIsTaken() {
    Set<String> wrong = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (ToldOperation one : operations) {
      String known = one.name().replace("/api/v1/projects/{project}", "");
      for (String name : times(one)) {
        seen.add(known);
        String good =
            Objects.requireNonNull(BODIES.get(known), known + " has times: " + name)
                .replace("TOMORROW", LocalDate.now(ZoneOffset.UTC).plusDays(2) + "T00:00:00Z");
        assertThat(send(one, good).statusCode()).as(known).isNotIn(400, 500);
        for (String value : values().filter(text -> !text.isEmpty()).toList()) {
          ObjectNode body = JSON.readTree(good).asObject();
          body.put(name, value);
          var answer = send(one, body.toString());
          look(wrong, known + " " + name + "=" + value, answer);
          if (answer.statusCode() != 400) {
            wrong.add(known + " " + name + "=" + value + " was taken: " + answer.statusCode());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isEqualTo(BODIES.keySet());
  }

  /** Names of what is a time in the body of an operation. */
  private static List<String> times(ToldOperation one) {
    String schema =
        one.json().at("/requestBody/content/application~1json/schema/$ref").asString("");
    return schema.isEmpty()
        ? List.of()
        : document.at(schema.substring(1) + "/properties").properties().stream()
            .filter(
                property ->
                    property.getValue().toString().contains("date-time")
                        || ENDS.contains(property.getKey()))
            .map(Map.Entry::getKey)
            .toList();
  }

  private static HttpResponse<String> send(ToldOperation one, String body) {
    return reader.send(one.method(), path(one.path()), body);
  }

  @Test
  void aRangeOfABacktestSaysWhatItMayBe() {
    for (String list : List.of("backtests", "sweeps")) {
      String good = Objects.requireNonNull(BODIES.get("POST /" + list));
      for (Map.Entry<String, String> wrong :
          Map.of(
                  "9999-01-01T00:00:00Z", "times from 1678-01-01T00:00:00Z to 2262-01-01T00:00:00Z",
                  "2026-02-01T00:00:00Z", "a beginning before its end")
              .entrySet()) {
        var answer =
            reader.send(
                "POST",
                "/api/v1/projects/default/" + list,
                good.replace("2026-03-02T00:00:00Z", wrong.getKey()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(wrong.getValue());
      }
    }
  }

  @Test
  void noPageBreaksOnWhatItIsGivenInItsAddress() {
    Set<String> wrong = new TreeSet<>();
    int asked = 0;
    for (MappedEndpoint one : MappedEndpoint.of(here)) {
      if (one.method().equals("GET") && one.pattern().startsWith("/p/") && !isStream(one)) {
        for (String name : names(one)) {
          for (String value :
              List.of(FAR.get(1), FAR.get(4), FAR.getLast(), "soon", "", "a\u0000")) {
            asked++;
            var answer = reader.get(path(one.pattern()) + query(name, value));
            if (answer.statusCode() >= 500 && answer.statusCode() != 503) {
              wrong.add(one.pattern() + query(name, value) + ": " + answer.statusCode());
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(300);
  }

  /** Its answer has no end. */
  private static boolean isStream(MappedEndpoint one) {
    return one.pattern().endsWith("/live");
  }

  private static List<String> names(MappedEndpoint one) {
    return Arrays.stream(one.handler().getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
        .flatMap(GivenTimesTest::names)
        .toList();
  }

  private static Stream<String> names(MethodParameter parameter) {
    return parameter.getParameterType() == Map.class
        ? Stream.of("from", "to", "since", "until", "before", "after", "refused", "delivery")
        : Stream.of(parameter.getParameter().getName());
  }
}
