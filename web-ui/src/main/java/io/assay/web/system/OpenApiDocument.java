package io.assay.web.system;

import io.assay.web.access.Role;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API as an OpenAPI 3.1 document, made of the endpoints themselves and of who may call them.
 *
 * <p>Longer than others: paths, parameters and answers of an operation are read off one method.
 */
final class OpenApiDocument {
  static final String API = "/api/v1";
  private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([^}]+)}");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String JSON_TYPE = "application/json";
  private static final String TOKEN = "token";
  private static final String SESSION = "session";

  private final Properties summaries;
  private final OpenApiSchemas schemas = new OpenApiSchemas();
  private final Map<String, Map<String, ObjectNode>> paths = new TreeMap<>();

  /** {@code summaries}: what an endpoint does, by {@code GET/api/v1/…}. */
  OpenApiDocument(Properties summaries) {
    this.summaries = summaries;
  }

  /** Takes one mapping; those that are no part of the API are left out. */
  void add(RequestMappingInfo mapping, HandlerMethod handler) {
    for (String pattern : mapping.getPatternValues()) {
      for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
        if (pattern.startsWith(API + "/")) {
          paths
              .computeIfAbsent(pattern, unknown -> new TreeMap<>())
              .put(method.name(), operation(method.name(), pattern, handler));
        }
      }
    }
  }

  /** All of it. */
  ObjectNode json() {
    ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Assay")
        .put("version", "1")
        .put(
            "description",
            "Everything that the pages do. Errors are problem details (RFC 9457). Of lists, next"
                + " names what after or before takes for the part that follows; without it there"
                + " is none.");
    document.putArray("servers").addObject().put("url", "/");
    ObjectNode all = document.putObject("paths");
    paths.forEach(
        (path, operations) -> {
          ObjectNode of = all.putObject(path);
          operations.forEach((method, what) -> of.set(method.toLowerCase(Locale.ROOT), what));
        });
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.all().set("Problem", problem()));
    components
        .putObject("responses")
        .putObject("Problem")
        .put("description", "What was needed, what came, and where")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    ObjectNode security = components.putObject("securitySchemes");
    security
        .putObject(TOKEN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A token of the project, made on the page Tokens");
    security
        .putObject(SESSION)
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "assay")
        .put(
            "description",
            "As a person: POST /login with name, password and _csrf; changes carry X-CSRF-TOKEN");
    return document;
  }

  private ObjectNode operation(String method, String pattern, HandlerMethod handler) {
    ObjectNode operation = JSON.createObjectNode();
    operation.putArray("tags").add(tag(pattern));
    String known = summaries.getProperty(method + pattern);
    operation.put("summary", known == null ? words(pattern) : known);
    operation.put("operationId", id(method, pattern));
    Need need = need(method, pattern);
    operation.put("description", told(need));
    security(operation, need);
    ArrayNode parameters = operation.putArray("parameters");
    for (Parameter parameter : handler.getMethod().getParameters()) {
      parameter(parameters, parameter);
    }
    undeclared(parameters, pattern);
    body(operation, method, handler);
    responses(operation, handler);
    return operation;
  }

  private void parameter(ArrayNode all, Parameter parameter) {
    for (Annotation one : parameter.getAnnotations()) {
      if (one instanceof PathVariable path) {
        named(all, path.name(), path.value(), parameter, "path").put("required", true);
      } else if (one instanceof RequestParam query) {
        ObjectNode made = named(all, query.name(), query.value(), parameter, "query");
        boolean hasDefault = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        boolean optional = hasDefault || isMap(parameter) || parameter.getType() == Optional.class;
        made.put("required", query.required() && !optional);
        boolean tells = !Set.of("", Long.toString(Long.MAX_VALUE)).contains(query.defaultValue());
        if (hasDefault && tells) {
          ObjectNode schema = made.withObject("schema");
          schema.set("default", value(schema.path("type").asString(""), query.defaultValue()));
        }
      } else if (one instanceof RequestHeader header) {
        named(all, header.name(), header.value(), parameter, "header")
            .put("required", header.required());
      }
    }
  }

  /** Variables of the path that the endpoint need not look at: the project, where access tells. */
  private static void undeclared(ArrayNode parameters, String pattern) {
    for (MatchResult variable : VARIABLE.matcher(pattern).results().toList()) {
      String name = variable.group(1);
      if (parameters.valueStream().noneMatch(one -> one.path("name").asString("").equals(name))) {
        ObjectNode made = parameters.addObject().put("name", name).put("in", "path");
        made.put("required", true).putObject("schema").put("type", "string");
      }
    }
  }

  private ObjectNode named(
      ArrayNode all, String name, String value, Parameter parameter, String in) {
    String called = !name.isEmpty() ? name : !value.isEmpty() ? value : parameter.getName();
    ObjectNode made = all.addObject().put("name", isMap(parameter) ? "filters" : called);
    made.put("in", in);
    made.set("schema", schemas.given(parameter.getParameterizedType()));
    if (isMap(parameter)) {
      made.put("style", "form").put("explode", true);
      made.put("description", "Filters, each as a parameter of its own, as the page has them");
    }
    return made;
  }

  private static JsonNode value(String type, String text) {
    return type.equals("string") || type.isEmpty() ? JSON.valueToTree(text) : JSON.readTree(text);
  }

  private static boolean isMap(Parameter parameter) {
    return Map.class.isAssignableFrom(parameter.getType());
  }

  private void body(ObjectNode operation, String method, HandlerMethod handler) {
    TakesJson taken = handler.getMethodAnnotation(TakesJson.class);
    @Nullable Type type =
        taken != null
            ? taken.value()
            : Arrays.stream(handler.getMethod().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .findFirst()
                .map(Parameter::getParameterizedType)
                .orElse(null);
    boolean readsAnything =
        !method.equals("GET")
            && Arrays.stream(handler.getMethod().getParameterTypes())
                .anyMatch(one -> one.getSimpleName().equals("HttpServletRequest"));
    if (type != null || readsAnything) {
      ObjectNode body = operation.putObject("requestBody").put("required", type != null);
      body.putObject("content")
          .putObject(JSON_TYPE)
          .set("schema", type == null ? JSON.createObjectNode() : schemas.of(type));
    }
  }

  private void responses(ObjectNode operation, HandlerMethod handler) {
    ObjectNode responses = operation.putObject("responses");
    Type type = handler.getMethod().getGenericReturnType();
    boolean isFile = type == void.class || type.getTypeName().contains("byte[]");
    // Where the endpoint chooses, it is 201, 202 or 204 as well.
    boolean chooses = handler.getMethod().getReturnType() == ResponseEntity.class;
    ObjectNode good = responses.putObject(chooses ? "2XX" : "200").put("description", "Done");
    if (isFile) {
      good.putObject("content")
          .putObject("application/octet-stream")
          .putObject("schema")
          .put("type", "string")
          .put("format", "binary");
    } else if (!type.getTypeName().contains("java.lang.Void")) {
      good.putObject("content").putObject(JSON_TYPE).set("schema", schemas.of(type));
    }
    ObjectNode tooMany = responses.putObject("429");
    tooMany.put("description", "Too many bad tokens, or more than is taken at once");
    tooMany
        .putObject("headers")
        .putObject(HttpHeaders.RETRY_AFTER)
        .putObject("schema")
        .put("type", "integer");
    for (String status : List.of("400", "401", "403", "404", "default")) {
      responses.putObject(status).put("$ref", "#/components/responses/Problem");
    }
  }

  private static ObjectNode problem() {
    ObjectNode problem = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = problem.putObject("properties");
    for (String text : List.of("type", "title", "detail", "instance")) {
      properties.putObject(text).put("type", "string");
    }
    properties.putObject("status").put("type", "integer");
    problem.put("additionalProperties", true);
    return problem;
  }

  private static void security(ObjectNode operation, Need need) {
    ArrayNode either = operation.putArray("security");
    switch (need) {
      case Need.Nothing ignored -> either.addObject();
      case Need.ManagementPort ignored -> either.addObject();
      case Need.Account ignored -> either.addObject().putArray(SESSION);
      case Need.Known ignored -> {
        either.addObject().putArray(TOKEN);
        either.addObject().putArray(SESSION);
      }
      case Need.Membership ignored -> either.addObject().putArray(SESSION);
      case Need.RoleOrScope(Role ignored, var scopes) -> {
        ArrayNode wanted = either.addObject().putArray(TOKEN);
        scopes.stream().map(OpenApiDocument::lower).sorted().forEach(wanted::add);
        either.addObject().putArray(SESSION);
      }
    }
  }

  private static String told(Need need) {
    return switch (need) {
      case Need.Nothing ignored -> "For everybody.";
      case Need.ManagementPort ignored -> "By the port of those who look after the program.";
      case Need.Account ignored -> "For whoever has an account.";
      case Need.Known ignored -> "For whoever has an account or a token.";
      case Need.Membership(Role role) -> "For people with the role %s.".formatted(lower(role));
      case Need.RoleOrScope(Role role, var scopes) ->
          "For people with the role %s, and tokens with the scope %s."
              .formatted(
                  lower(role),
                  scopes.stream()
                      .map(OpenApiDocument::lower)
                      .sorted()
                      .collect(Collectors.joining(" or ")));
    };
  }

  private static Need need(String method, String pattern) {
    return AccessRules.ALL.stream()
        .filter(rule -> rule.method().name().equals(method) && rule.pattern().equals(pattern))
        .map(AccessRule::need)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(method + " " + pattern + " has no rule"));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** What it is about: the first word behind the project. */
  private static String tag(String pattern) {
    List<String> words = Arrays.asList(pattern.substring(API.length() + 1).split("/"));
    return words.size() > 2 && words.getFirst().equals("projects") ? words.get(2) : "assay";
  }

  private static String words(String pattern) {
    return Arrays.stream(pattern.substring(API.length()).split("/"))
        .filter(word -> !word.isEmpty() && !word.startsWith("{") && !word.equals("projects"))
        .map(word -> word.replace('-', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String id(String method, String pattern) {
    return method.toLowerCase(Locale.ROOT)
        + Arrays.stream(pattern.substring(API.length()).split("[^A-Za-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }
}
