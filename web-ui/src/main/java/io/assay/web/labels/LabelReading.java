package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.stream.contract.LabelRecord;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.system.JsonBody;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** A label as a program sends it, read; or all that is wrong with it. */
public sealed interface LabelReading {
  /** One that can be kept. */
  record Label(LabelRecord label) implements LabelReading {}

  /** None, and why. */
  record Unreadable(List<String> problems) implements LabelReading {
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads one.
   *
   * @param by who sends it, where it does not say who says it
   * @param source through what it came
   * @param now when it was said, where it does not tell
   */
  static LabelReading read(String project, byte[] payload, String by, String source, Instant now) {
    try {
      return new Reader(JsonMapper.shared().readTree(payload)).label(project, by, source, now);
    } catch (JacksonException broken) {
      return new Unreadable(List.of("it is not JSON"));
    }
  }

  /** The same saying, whenever and however often it is sent. */
  static String idOf(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** Reads field by field, and notes what is wrong. */
  final class Reader {
    private static final Set<String> KNOWN =
        new TreeSet<>(
            Set.of(
                "id", "prediction", "stream", "verdict", "fields", "scope", "weight", "by", "at"));

    /** Another name in it would be no narrowing, and what was looked at all that there is. */
    private static final Set<String> SCOPE = Set.of("classes", "fields");

    private static final int LONGEST = 1024;

    private final JsonNode json;
    private final List<String> problems = new ArrayList<>();

    private Reader(JsonNode json) {
      this.json = json;
    }

    private LabelReading label(String project, String by, String source, Instant now) {
      if (!json.isObject()) {
        return new Unreadable(List.of("needed an object, got " + JsonBody.kind(json)));
      }
      for (String name : json.propertyNames()) {
        if (!KNOWN.contains(name)) {
          problems.add("unknown '%s'; a label has %s".formatted(name, String.join(", ", KNOWN)));
        }
      }
      String prediction = text("prediction");
      String verdict = verdict();
      JsonNode fields = fields();
      if (prediction.isEmpty()) {
        problems.add("needs 'prediction', the id of an event");
      }
      if (verdict.isEmpty() && fields.isNull()) {
        problems.add("needs a 'verdict' or 'fields'");
      }
      Optional<Instant> at = at();
      String speaker = text("by").isEmpty() ? by : text("by");
      String stream = text("stream");
      String given = text("id");
      List<String> classes = names("classes");
      List<String> looked = names("fields");
      double weight = weight();
      if (!problems.isEmpty()) {
        return new Unreadable(problems);
      }
      String id =
          given.isEmpty()
              ? idOf(
                  prediction,
                  stream,
                  verdict,
                  fields.toString(),
                  speaker,
                  at.map(Instant::toString).orElse(""))
              : given;
      return new Label(
          new LabelRecord(
              project,
              id,
              prediction,
              stream,
              verdict,
              fields,
              classes,
              looked,
              weight,
              speaker,
              source,
              at.orElse(now).toEpochMilli()));
    }

    private String text(String name) {
      JsonNode value = json.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return "";
      }
      String text = value.asString("");
      if ((!value.isString() && !value.isIntegralNumber()) || text.length() > LONGEST) {
        problems.add("'%s' needs a text of at most %d characters".formatted(name, LONGEST));
      }
      return text;
    }

    private String verdict() {
      String verdict = text("verdict");
      boolean known =
          Arrays.stream(Verdict.values())
              .anyMatch(one -> one != Verdict.NONE && one.word().equals(verdict));
      if (!verdict.isEmpty() && !known) {
        problems.add("'verdict' needs error, no-error or unclear, got '" + verdict + "'");
      }
      return verdict;
    }

    private JsonNode fields() {
      JsonNode fields = json.path("fields");
      if (fields.isMissingNode() || fields.isNull()) {
        return NullNode.getInstance();
      }
      if (!fields.isObject()) {
        problems.add("'fields' needs an object, got " + JsonBody.kind(fields));
      } else if (fields.isEmpty()) {
        problems.add("'fields' needs what the event should have had, got nothing");
      }
      return fields;
    }

    private Optional<Instant> at() {
      String at = text("at");
      try {
        return at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at));
      } catch (DateTimeException wrong) {
        problems.add("'at' needs a time such as 2027-01-31T12:00:00Z, got '" + at + "'");
        return Optional.empty();
      }
    }

    private double weight() {
      JsonNode weight = json.path("weight");
      if (weight.isMissingNode()) {
        return 1;
      }
      double value = weight.isNumber() ? weight.asDouble() : -1;
      if (!(value >= 0 && value <= 1)) {
        problems.add("'weight' needs a number of 0 to 1, got " + weight);
      }
      return value;
    }

    private List<String> names(String name) {
      JsonNode scope = json.path("scope");
      JsonNode names = scope.path(name);
      boolean fits =
          (scope.isMissingNode() || (scope.isObject() && SCOPE.containsAll(scope.propertyNames())))
              && (names.isMissingNode()
                  || (names.isArray() && names.valueStream().allMatch(JsonNode::isString)));
      if (!fits) {
        problems.add(
            "'scope' needs an object with lists of texts, 'classes' and 'fields', got " + scope);
        return List.of();
      }
      return names.valueStream().map(one -> one.asString("")).toList();
    }
  }
}
