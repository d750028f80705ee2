package io.assay.cli;

import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.TopicState;
import io.assay.stream.contract.TopicState.Difference;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** The answer of {@code assay topics}: a line a topic, or JSON. */
final class TopicText {
  private static final String RETENTION = "retention.ms";

  private TopicText() {}

  static void write(List<TopicAnswer> answers, PrintWriter out) {
    int name = answers.stream().mapToInt(one -> one.state().plan().name().length()).max().orElse(0);
    int kind = answers.stream().mapToInt(one -> one.kind().text().length()).max().orElse(0);
    for (TopicAnswer one : answers) {
      out.printf(
          "%-" + name + "s  %-" + kind + "s  %s%n",
          one.state().plan().name(),
          one.kind().text(),
          detail(one));
    }
    out.println(sum(answers));
  }

  private static String detail(TopicAnswer answer) {
    return switch (answer.kind()) {
      case DIFFERS ->
          answer.differences().stream().map(TopicText::text).collect(Collectors.joining("; "));
      case UNREAD ->
          "its settings cannot be read: "
              + answer.state().existing().map(TopicState.Existing::unread).orElse("");
      case AS_PLANNED ->
          plan(
              answer.state().plan(),
              answer.state().existing().map(TopicState.Existing::partitions));
      case MISSING, WOULD_BE_CREATED, CREATED ->
          plan(answer.state().plan(), Optional.of(answer.state().plan().partitions()));
    };
  }

  private static String text(Difference one) {
    return "%s is %s, planned is %s"
        .formatted(
            one.setting(), value(one.setting(), one.actual()), value(one.setting(), one.planned()));
  }

  private static String value(String setting, String value) {
    return setting.equals(RETENTION) ? RetentionText.print(value) : value;
  }

  private static String plan(TopicPlan plan, Optional<Integer> partitions) {
    var parts = new ArrayList<String>();
    int number = partitions.orElse(plan.partitions());
    parts.add(number + (number == 1 ? " partition" : " partitions"));
    Optional.ofNullable(plan.settings().get("cleanup.policy")).ifPresent(parts::add);
    Optional.ofNullable(plan.settings().get(RETENTION))
        .map(RetentionText::print)
        .ifPresent(parts::add);
    return String.join(", ", parts);
  }

  private static String sum(List<TopicAnswer> answers) {
    var parts = new ArrayList<String>();
    for (TopicAnswer.Kind kind : TopicAnswer.Kind.values()) {
      long count = answers.stream().filter(one -> one.kind() == kind).count();
      if (count > 0) {
        parts.add(count + " " + kind.text());
      }
    }
    return "%d topics: %s".formatted(answers.size(), String.join(", ", parts));
  }

  static void json(List<TopicAnswer> answers, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("topics");
      answers.forEach(one -> json(one, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void json(TopicAnswer answer, JsonGenerator json) {
    TopicPlan plan = answer.state().plan();
    json.writeStartObject();
    json.writeStringProperty("topic", plan.name());
    json.writeStringProperty("state", answer.kind().text());
    json.writeNumberProperty(
        "partitions",
        answer.state().existing().map(TopicState.Existing::partitions).orElse(plan.partitions()));
    json.writeObjectPropertyStart("planned");
    plan.settings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> json.writeStringProperty(one.getKey(), one.getValue()));
    json.writeEndObject();
    json.writeArrayPropertyStart("differences");
    for (Difference one : answer.differences()) {
      json.writeStartObject();
      json.writeStringProperty("setting", one.setting());
      json.writeStringProperty("planned", one.planned());
      json.writeStringProperty("actual", one.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
    answer
        .state()
        .existing()
        .filter(now -> !now.unread().isEmpty())
        .ifPresent(now -> json.writeStringProperty("unread", now.unread()));
    json.writeEndObject();
  }
}
