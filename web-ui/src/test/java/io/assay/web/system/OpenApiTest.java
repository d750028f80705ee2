package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of the API is of all of it, and holds together. */
class OpenApiTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}*]+)}");

  private static Installation here;
  private static ProgramClient program;
  private static JsonNode document;

  @BeforeAll
  static void ask() {
    here = Installation.shared();
    program = new ProgramClient(here.web().address(), here.token(Set.of(Scope.READ)).secret());
    document = JsonMapper.shared().readTree(program.get("/api/v1/openapi.json").body());
  }

  /** Left for whoever wants to hold it against other tools. */
  @AfterAll
  static void leave() throws IOException {
    Files.writeString(Path.of("target", "openapi.json"), document.toPrettyString());
  }

  private static List<ToldOperation> operations() {
    return ToldOperation.of(document);
  }

  @Test
  void everyEndpointIsInIt() {
    var mapped = new TreeSet<String>();
    MappedEndpoint.of(here).stream()
        .filter(MappedEndpoint::isApi)
        .forEach(one -> mapped.add(one.method() + " " + one.pattern()));
    var told = new TreeSet<String>();
    operations().forEach(one -> told.add(one.name()));
    assertThat(mapped).hasSizeGreaterThan(70).isEqualTo(told);
  }

  @Test
  void eachSaysWhatItDoesWhoMayAndHowItFails() {
    Set<String> ids = new HashSet<>();
    for (ToldOperation one : operations()) {
      JsonNode json = one.json();
      assertThat(json.path("summary").asString()).as(one.path()).isNotBlank();
      assertThat(ids.add(json.path("operationId").asString())).as(one.path()).isTrue();
      assertThat(json.path("security")).as(one.path()).isNotEmpty();
      assertThat(json.at("/responses/default/$ref").asString()).endsWith("/Problem");
      for (JsonNode parameter : json.path("parameters")) {
        assertThat(isTyped(parameter.path("schema"))).as(one.name() + " " + parameter).isTrue();
      }
      Set<String> declared = new TreeSet<>();
      one.parameters("path").forEach(variable -> declared.add(variable.path("name").asString()));
      Set<String> needed = new TreeSet<>();
      VARIABLE.matcher(one.path()).results().forEach(found -> needed.add(found.group(1)));
      assertThat(declared).as(one.name()).isEqualTo(needed);
    }
  }

  /** What a client is made of: a type, and of a list that of its items, too. */
  private static boolean isTyped(JsonNode schema) {
    return switch (schema.path("type").asString("")) {
      case "string", "boolean", "integer", "number", "object" -> true;
      case "array" -> isTyped(schema.path("items"));
      default -> false;
    };
  }

  @Test
  void whatMayBeLeftOutIsNotRequiredAndIsNeverNull() {
    JsonNode base =
        parameter(
            "GET /api/v1/projects/{project}/embeddings/{name}/releases/{release}/neighbours",
            "base");
    assertThat(base.path("required").asBoolean(true)).isFalse();
    assertThat(base.path("schema").toString()).isEqualTo("{\"type\":\"string\"}");
    JsonNode at = parameter("GET /api/v1/projects/{project}/sweeps/{id}/draft", "at");
    assertThat(at.path("required").asBoolean(false)).isTrue();
    assertThat(at.path("schema").toString()).isEqualTo("{\"type\":\"number\"}");
  }

  private static JsonNode parameter(String operation, String name) {
    return operations().stream()
        .filter(one -> one.name().equals(operation))
        .flatMap(one -> one.parameters("query").stream())
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    Matcher references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
    Set<String> missing = new TreeSet<>();
    int found = 0;
    while (references.find()) {
      found++;
      if (document.at(references.group(1)).isMissingNode()) {
        missing.add(references.group(1));
      }
    }
    assertThat(found).isGreaterThan(100);
    assertThat(missing).isEmpty();
  }

  @Test
  void bodiesAndAnswersAreTheRecordsThatTheyAre() {
    JsonNode verdict =
        document.at("/paths/~1api~1v1~1projects~1{project}~1review~1items~1{id}~1verdict/post");
    assertThat(verdict.at("/requestBody/content/application~1json/schema/$ref").asString())
        .isEqualTo("#/components/schemas/ReviewItems.Given");
    JsonNode given = document.at("/components/schemas/ReviewItems.Given/properties");
    assertThat(given.propertyNames()).contains("finding", "correction", "edited", "scope");
    assertThat(given.at("/finding/anyOf/0/type").asString()).isEqualTo("string");
    JsonNode labels = document.at("/paths/~1api~1v1~1projects~1{project}~1labels/get");
    assertThat(labels.path("security").get(0).path("token").get(0).asString()).isEqualTo("read");
    assertThat(labels.path("parameters").valueStream().map(one -> one.path("name").asString()))
        .contains("prediction", "source", "verdict", "after", "limit");
  }

  @Test
  void whoeverHasAnAccountOrATokenReadsIt() {
    assertThat(here.stranger().get("/api/v1/openapi.json", "*/*").statusCode()).isEqualTo(200);
    assertThat(here.anonymous().request("GET", "/api/v1/openapi.json").statusCode()).isEqualTo(401);
  }

  /** Whatever goes wrong, a program is told so as it is told of everything. */
  @Test
  void everyErrorIsProblemDetails() {
    BrowsingClient administrator = here.member(Role.ADMINISTRATOR);
    // Without a token: with so many bad ones this address would be turned away for a minute.
    ProgramClient nobody = new ProgramClient(here.web().address(), "");
    ProgramClient stranger = new ProgramClient(here.web().address(), "assay_wrong");
    Set<String> others = new TreeSet<>();
    operations().stream()
        .filter(one -> one.method().equals("GET"))
        .limit(10)
        .forEach(
            one ->
                require(
                    others, one, stranger.get(VARIABLE.matcher(one.path()).replaceAll("nothing"))));
    for (ToldOperation one : operations()) {
      String path =
          VARIABLE.matcher(one.path().replace("{project}", "default")).replaceAll("nothing");
      String wrong = path + "?limit=many&round=many&range=many&precision=many&reviewers=many";
      if (one.method().equals("GET")) {
        require(others, one, nobody.get(path));
        require(others, one, program.get(path.replace("/default/", "/other/")));
        require(others, one, administrator.get(wrong, "application/json"));
      } else if (one.json().at("/requestBody/required").asBoolean(false)) {
        // Those without a body might do what they are for.
        require(
            others,
            one,
            administrator.send(
                one.method(), wrong, Map.of("Content-Type", "application/json"), "{broken"));
      }
      if (one.method().equals("POST")) {
        require(others, one, nobody.post(path, "application/json", "{}"));
      }
    }
    assertThat(others).isEmpty();
  }

  private static void require(Set<String> others, ToldOperation one, HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() >= 400 && !type.startsWith("application/problem+json")) {
      others.add(one.name() + ": " + answer.statusCode() + " " + type);
    }
  }
}
