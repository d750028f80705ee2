package io.assay.web.labels.studio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Label Studio that takes what the real one takes, as its reference says, and refuses the rest:
 * the token's header, a labelling interface before tasks, tasks that have what the interface names,
 * regions with all their keys, percentages of 0 to 100, 250,000 tasks and 50 MB an import. Its
 * webhooks are sent while the annotator waits, and given up after a second.
 */
public final class StudioStub implements AutoCloseable {
  public static final String TOKEN = "0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern IMPORT = Pattern.compile("/api/projects/(\\d+)/import");
  private static final Pattern TAG = Pattern.compile("<(\\w+) name=\"(\\w+)\"(?: [^>]*?)?/?>");
  private static final Pattern VARIABLE = Pattern.compile("value=\"\\$(\\w+)\"");
  private static final int MOST_TASKS = 250_000;
  private static final int MOST_BYTES = 50_000_000;

  private final HttpServer server;
  private final Map<Long, Project> projects = new HashMap<>();
  private final List<JsonNode> webhooks = new ArrayList<>();
  private long lastId;

  /** A project there. */
  private record Project(String config, List<ObjectNode> tasks) {
    Set<String> variables() {
      Set<String> found = new HashSet<>();
      Matcher variables = VARIABLE.matcher(config);
      while (variables.find()) {
        found.add(variables.group(1));
      }
      return found;
    }

    Map<String, String> controls() {
      Map<String, String> found = new HashMap<>();
      Matcher tags = TAG.matcher(config);
      while (tags.find()) {
        found.put(tags.group(2), tags.group(1));
      }
      return found;
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  public StudioStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public synchronized List<ObjectNode> tasks(long project) {
    return List.copyOf(project(project).tasks());
  }

  /** Somebody sets up a webhook by hand. */
  public synchronized void tell(String url, String authorization) {
    ObjectNode hook = JSON.createObjectNode().put("url", url);
    hook.putObject("headers").put("Authorization", authorization);
    webhooks.add(hook);
  }

  /**
   * A person submits an annotation: kept, and told to the webhooks.
   *
   * @return whether all webhooks answered in time
   */
  public boolean annotate(long project, int task, JsonNode result) throws Exception {
    ObjectNode annotated;
    ObjectNode annotation = JSON.createObjectNode();
    List<JsonNode> hooks;
    synchronized (this) {
      annotated = project(project).tasks().get(task);
      annotation.put("id", ++lastId).put("was_cancelled", false);
      annotation.put("created_at", "2027-02-01T10:00:00.123456Z");
      annotation.put("updated_at", "2027-02-01T10:00:05.123456Z");
      annotation.putObject("completed_by").put("id", 3).put("email", "rita@example.com");
      annotation.set("result", result);
      ((ArrayNode) annotated.path("annotations")).add(annotation);
      hooks = List.copyOf(webhooks);
    }
    ObjectNode payload = JSON.createObjectNode();
    payload.put("action", "ANNOTATION_CREATED");
    payload.set("annotation", annotation);
    payload.putObject("project").put("id", project);
    ObjectNode shown = annotated.deepCopy();
    shown.remove("annotations");
    payload.set("task", shown);
    boolean inTime = true;
    for (JsonNode hook : hooks) {
      inTime &= told(hook, payload);
    }
    return inTime;
  }

  private static boolean told(JsonNode hook, ObjectNode payload) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(hook.path("url").asString()))
              .timeout(Duration.ofSeconds(1))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(payload.toString()));
      hook.path("headers")
          .properties()
          .forEach(h -> request.header(h.getKey(), h.getValue().asString()));
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (HttpTimeoutException late) {
      return false;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status;
    JsonNode answer;
    try {
      answer = answer(exchange, body);
      status = exchange.getRequestMethod().equals("POST") ? 201 : 200;
    } catch (Refusal refusal) {
      status = refusal.status;
      answer = JSON.createObjectNode().put("detail", refusal.getMessage());
    }
    byte[] bytes = answer.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized JsonNode answer(HttpExchange exchange, byte[] body) {
    if (!("Token " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new Refusal(401, "Invalid token.");
    }
    String path = exchange.getRequestURI().getPath();
    String call = exchange.getRequestMethod() + " " + path;
    Matcher imported = IMPORT.matcher(path);
    if (call.equals("POST /api/projects/")) {
      return create(JSON.readTree(body));
    }
    if (call.startsWith("POST") && imported.matches()) {
      return take(project(Long.parseLong(imported.group(1))), body);
    }
    if (call.equals("POST /api/webhooks/")) {
      JsonNode hook = JSON.readTree(body);
      require(hook.path("url").asString("").startsWith("http"), "url", "needs a URL");
      require(hook.path("headers").size() <= 10, "headers", "at most 10");
      for (JsonNode action : hook.path("actions")) {
        require(action.asString("").matches("[A-Z_]+"), "actions", "unknown");
      }
      webhooks.add(hook);
      return JSON.createObjectNode().put("id", ++lastId);
    }
    if (call.equals("GET /api/projects/")) {
      return JSON.createObjectNode().put("count", 0).set("results", JSON.createArrayNode());
    }
    if (call.equals("GET /api/tasks/")) {
      return page(exchange.getRequestURI().getQuery());
    }
    throw new Refusal(404, "Not found.");
  }

  private JsonNode create(JsonNode asked) {
    String config = asked.path("label_config").asString("");
    require(asked.path("title").asString("").length() <= 50, "title", "at most 50 characters");
    require(config.startsWith("<View>"), "label_config", "needs a View");
    long id = ++lastId;
    projects.put(id, new Project(config, new ArrayList<>()));
    return JSON.createObjectNode().put("id", id);
  }

  private JsonNode take(Project project, byte[] body) {
    if (body.length > MOST_BYTES) {
      throw new Refusal(413, "at most 50 MB");
    }
    JsonNode tasks = JSON.readTree(body);
    require(tasks.isArray() && !tasks.isEmpty(), "tasks", "needs a list");
    require(tasks.size() <= MOST_TASKS, "tasks", "at most 250000");
    for (JsonNode task : tasks) {
      for (String variable : project.variables()) {
        require(task.path("data").has(variable), variable, "is missing in data");
      }
      for (JsonNode prediction : task.path("predictions")) {
        require(prediction.path("model_version").isString(), "model_version", "needs a text");
        prediction.path("result").forEach(region -> check(project, region));
      }
    }
    for (JsonNode task : tasks) {
      ObjectNode kept = task.deepCopy().asObject();
      kept.put("id", ++lastId);
      kept.putArray("annotations");
      project.tasks().add(kept);
    }
    return JSON.createObjectNode()
        .put("task_count", tasks.size())
        .put("annotation_count", 0)
        .put("duration", 0.1);
  }

  private static void check(Project project, JsonNode region) {
    Map<String, String> controls = project.controls();
    for (String key : List.of("id", "type", "from_name", "to_name", "value")) {
      require(region.has(key), key, "is missing in a region");
    }
    require(controls.containsKey(region.path("from_name").asString("")), "from_name", "unknown");
    require(controls.containsKey(region.path("to_name").asString("")), "to_name", "unknown");
    JsonNode value = region.path("value");
    switch (region.path("type").asString("")) {
      case "choices" -> require(value.path("choices").isArray(), "choices", "needs a list");
      case "textarea" -> require(value.path("text").isArray(), "text", "needs a list");
      case "rectanglelabels" -> {
        require(value.path("rectanglelabels").size() == 1, "rectanglelabels", "needs one");
        require(region.path("original_width").asInt(0) > 0, "original_width", "needs pixels");
        require(region.path("original_height").asInt(0) > 0, "original_height", "needs pixels");
        percentages(value);
      }
      case "videorectangle" -> {
        require(value.path("framesCount").asInt(0) > 0, "framesCount", "needs a number");
        require(value.path("labels").size() == 1, "labels", "needs one");
        int last = 0;
        boolean open = false;
        for (JsonNode key : value.path("sequence")) {
          int frame = key.path("frame").asInt(0);
          require(frame > last, "frame", "needs to ascend from 1");
          require(!open || frame == last + 1, "frame", "would be interpolated");
          require(key.path("enabled").isBoolean() && key.path("time").isNumber(), "key", "lacks");
          percentages(key);
          last = frame;
          open = key.path("enabled").asBoolean();
        }
        require(last > 0 && last <= value.path("framesCount").asInt(), "sequence", "out of it");
      }
      default -> throw new Refusal(400, "unknown type " + region.path("type"));
    }
  }

  private static void percentages(JsonNode value) {
    for (String name : List.of("x", "y", "width", "height")) {
      double percent = value.path(name).asDouble(-1);
      require(percent >= 0 && percent <= 100, name, "needs 0 to 100");
    }
    boolean inside =
        value.path("x").asDouble() + value.path("width").asDouble() <= 100 + 1e-9
            && value.path("y").asDouble() + value.path("height").asDouble() <= 100 + 1e-9;
    require(inside && value.has("rotation"), "value", "is out of the image, or lacks a rotation");
  }

  private JsonNode page(String query) {
    Map<String, String> asked = new HashMap<>();
    for (String pair : query.split("&")) {
      asked.put(pair.split("=")[0], pair.split("=")[1]);
    }
    List<ObjectNode> all = project(Long.parseLong(asked.getOrDefault("project", ""))).tasks();
    int size = Integer.parseInt(asked.getOrDefault("page_size", "30"));
    int from = (Integer.parseInt(asked.getOrDefault("page", "1")) - 1) * size;
    if (from >= all.size() && from > 0) {
      throw new Refusal(404, "Invalid page.");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode tasks = answer.putArray("tasks");
    all.subList(from, Math.min(all.size(), from + size)).forEach(tasks::add);
    return answer.put("total", all.size());
  }

  private Project project(long id) {
    Project found = projects.get(id);
    if (found == null) {
      throw new Refusal(404, "No Project matches the given query.");
    }
    return found;
  }

  private static void require(boolean holds, String field, String needed) {
    if (!holds) {
      throw new Refusal(400, "%s: %s".formatted(field, needed));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
