package io.assay.web.labels.studio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.web.system.Answers;
import io.assay.web.system.PrivateNetworks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Label Studio's own API, as far as it is needed. */
final class StudioClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Its answer when a page behind the last is asked for. */
  private static final int NOT_FOUND = 404;

  static final int PAGE = 100;

  private final StudioSettings settings;
  private final URI address;
  private final HttpClient client;

  StudioClient(StudioSettings settings, URI address) {
    this.settings = settings;
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.answerWithin())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** It did not do what it was asked for. */
  static final class StudioRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    StudioRefused(int status, String message) {
      super(message);
      this.status = status;
    }

    /** Of HTTP; 0 where there was no answer. */
    int status() {
      return status;
    }
  }

  /**
   * Makes a project; returns its number.
   *
   * @param config the labelling interface, XML
   */
  long createProject(String title, String instruction, String config) {
    ObjectNode body = JSON.createObjectNode();
    body.put("title", title).put("expert_instruction", instruction).put("label_config", config);
    return number(send("POST", "/api/projects/", bytes(body)), "id");
  }

  /** Puts a JSON array of tasks into a project; returns how many it took. */
  long importTasks(long project, byte[] tasks) {
    return number(send("POST", "/api/projects/%d/import".formatted(project), tasks), "task_count");
  }

  /**
   * Has it tell of annotations of a project; returns the webhook's number.
   *
   * @param url where to tell
   * @param authorization a header that proves to us who tells
   */
  long createWebhook(long project, String url, String authorization) {
    ObjectNode body = JSON.createObjectNode();
    body.put("project", project).put("url", url).put("send_payload", true);
    body.put("send_for_all_actions", false).put("is_active", true);
    body.putArray("actions").add("ANNOTATION_CREATED").add("ANNOTATION_UPDATED");
    body.putObject("headers").put("Authorization", authorization);
    return number(send("POST", "/api/webhooks/", bytes(body)), "id");
  }

  /** Asks whether it is there, and knows who asks. */
  void check() {
    var unused = send("GET", "/api/projects/?page_size=1", new byte[0]);
  }

  /** A page of tasks with their annotations, from 1; empty behind the last. */
  Optional<JsonNode> tasks(long project, int page) {
    try {
      JsonNode answer =
          send(
              "GET",
              "/api/tasks/?project=%d&page=%d&page_size=%d&fields=all"
                  .formatted(project, page, PAGE),
              new byte[0]);
      JsonNode tasks = answer.isArray() ? answer : answer.path("tasks");
      return tasks.isEmpty() ? Optional.empty() : Optional.of(tasks);
    } catch (StudioRefused refused) {
      if (refused.status() == NOT_FOUND && page > 1) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private JsonNode send(String method, String path, byte[] body) {
    try {
      if (!settings.privateNetworks() && PrivateNetworks.has(address.getHost())) {
        throw new StudioRefused(
            0,
            "Label Studio is in a private network; assay.labels.studio.private-networks allows"
                + " that");
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(settings.answerWithin())
              .header("Authorization", "Token " + settings.token())
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> answer = Answers.whole(client, request, settings.answerWithin());
      if (answer.statusCode() < 200 || answer.statusCode() >= 300) {
        String said = new String(answer.body(), UTF_8);
        throw new StudioRefused(
            answer.statusCode(),
            "Label Studio answered %d to %s %s: %s"
                .formatted(
                    answer.statusCode(),
                    method,
                    path,
                    said.substring(0, Math.min(500, said.length()))));
      }
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new StudioRefused(0, "Label Studio cannot be reached: " + failure);
    } catch (JacksonException noJson) {
      throw new StudioRefused(0, "needed JSON of Label Studio, got " + noJson.getOriginalMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new StudioRefused(0, "it was stopped");
    }
  }

  private static byte[] bytes(ObjectNode body) {
    return JSON.writeValueAsBytes(body);
  }

  private static long number(JsonNode answer, String name) {
    JsonNode value = answer.path(name);
    if (!value.isIntegralNumber()) {
      throw new StudioRefused(
          0, "needed a number '%s' of Label Studio, got %s".formatted(name, value));
    }
    return value.asLong();
  }

  @Override
  public void close() {
    client.close();
  }
}
