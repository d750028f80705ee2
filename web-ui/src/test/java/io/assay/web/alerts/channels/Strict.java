package io.assay.web.alerts.channels;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What receivers take, written from their documents: Alertmanager's {@code api/v2/openapi.yaml},
 * its webhook's data, and Slack's reference of blocks. Anything else, missing or too much, is an
 * {@link IllegalArgumentException} that says what.
 */
final class Strict {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";

  private Strict() {}

  static void alertmanager(String body) {
    JsonNode alerts = JSON.readTree(body);
    check(alerts.isArray() && !alerts.isEmpty(), "a list of alerts", alerts);
    for (JsonNode alert : alerts.values()) {
      members(alert, Set.of("labels", "annotations", "startsAt", "endsAt"), Set.of("generatorURL"));
      labels(alert.path("labels"));
      labels(alert.path("annotations"));
      check(!alert.path("labels").isEmpty(), "one label or more", alert);
      Instant start = Instant.parse(text(alert, "startsAt"));
      check(!Instant.parse(text(alert, "endsAt")).isBefore(start), "an end after the start", alert);
      check(
          !alert.has("generatorURL") || URI.create(text(alert, "generatorURL")).isAbsolute(),
          "a generatorURL that is an address",
          alert);
    }
  }

  static void webhook(String body) {
    JsonNode data = JSON.readTree(body);
    members(
        data,
        Set.of(
            "version",
            "groupKey",
            "truncatedAlerts",
            "status",
            "receiver",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "externalURL",
            "alerts"),
        Set.of());
    check(text(data, "version").equals("4"), "version 4", data);
    check(data.path("truncatedAlerts").isIntegralNumber(), "truncatedAlerts as a number", data);
    check(Set.of("firing", "resolved").contains(text(data, "status")), "a status", data);
    for (String name : Set.of("groupKey", "receiver", "externalURL")) {
      String unused = text(data, name);
    }
    for (String name : Set.of("groupLabels", "commonLabels", "commonAnnotations")) {
      texts(data.path(name));
    }
    check(data.path("alerts").isArray(), "a list of alerts", data);
    for (JsonNode alert : data.path("alerts").values()) {
      members(
          alert,
          Set.of(
              "status",
              "labels",
              "annotations",
              "startsAt",
              "endsAt",
              "generatorURL",
              "fingerprint"),
          Set.of());
      texts(alert.path("labels"));
      texts(alert.path("annotations"));
      boolean firing = text(alert, "status").equals("firing");
      Instant end = Instant.parse(text(alert, "endsAt"));
      check(firing == end.equals(Instant.parse("0001-01-01T00:00:00Z")), "Go's zero as end", alert);
      Instant unused = Instant.parse(text(alert, "startsAt"));
      check(!text(alert, "fingerprint").isEmpty(), "a fingerprint", alert);
    }
  }

  /** {@code channel}: whether it is {@code chat.postMessage}. */
  static void slack(String body, boolean channel) {
    JsonNode message = JSON.readTree(body);
    members(
        message,
        channel ? Set.of("channel", "text", "blocks") : Set.of("text", "blocks"),
        Set.of());
    check(!text(message, "text").isEmpty(), "a text", message);
    JsonNode blocks = message.path("blocks");
    check(!blocks.isEmpty() && blocks.size() <= 50, "1 to 50 blocks", message);
    for (JsonNode block : blocks.values()) {
      switch (text(block, "type")) {
        case "header" -> {
          members(block, Set.of("type", "text"), Set.of());
          slackText(block.path("text"), 150, "plain_text");
        }
        case "section" -> {
          members(block, Set.of("type", "text"), Set.of());
          slackText(block.path("text"), 3000, "mrkdwn");
        }
        case "image" -> {
          members(block, Set.of("type", "image_url", "alt_text"), Set.of());
          check(text(block, "image_url").length() <= 3000, "a short address", block);
          check(URI.create(text(block, "image_url")).isAbsolute(), "an address", block);
          check(between(text(block, "alt_text"), 2000), "alt_text", block);
        }
        case "context" -> {
          members(block, Set.of("type", "elements"), Set.of());
          JsonNode elements = block.path("elements");
          check(!elements.isEmpty() && elements.size() <= 10, "1 to 10 elements", block);
          elements.forEach(one -> slackText(one, 3000, "mrkdwn"));
        }
        default -> throw new IllegalArgumentException("no such block: " + block);
      }
    }
  }

  private static void slackText(JsonNode text, int most, String type) {
    members(text, Set.of("type", "text"), Set.of());
    check(text(text, "type").equals(type), type, text);
    check(between(text(text, "text"), most), "1 to " + most + " letters", text);
    if (type.equals("mrkdwn")) {
      String plain = text(text, "text").replaceAll("<https?://[^|<>]+\\|[^<>]+>", "");
      check(!plain.contains("<") && !plain.contains(">"), "escaped signs", text);
    }
  }

  private static boolean between(String text, int most) {
    return !text.isEmpty() && text.length() <= most;
  }

  private static void labels(JsonNode labels) {
    texts(labels);
    labels.propertyNames().forEach(name -> check(name.matches(NAME), "a name as " + NAME, labels));
    labels.forEach(value -> check(!value.asString("").isEmpty(), "a value", labels));
  }

  private static void texts(JsonNode texts) {
    check(texts.isObject(), "an object of texts", texts);
    texts.forEach(value -> check(value.isString(), "texts", texts));
  }

  private static String text(JsonNode of, String name) {
    check(of.path(name).isString(), name + " as text", of);
    return of.path(name).asString("");
  }

  private static void members(JsonNode of, Set<String> needed, Set<String> allowed) {
    check(of.isObject(), "an object", of);
    var missing = new TreeSet<>(needed);
    missing.removeAll(of.propertyNames());
    check(missing.isEmpty(), "members " + missing, of);
    var unknown = new TreeSet<>(of.propertyNames());
    unknown.removeAll(needed);
    unknown.removeAll(allowed);
    check(unknown.isEmpty(), "no members " + unknown, of);
  }

  private static void check(boolean holds, String needed, JsonNode in) {
    if (!holds) {
      throw new IllegalArgumentException("needs " + needed + ", got " + in);
    }
  }
}
