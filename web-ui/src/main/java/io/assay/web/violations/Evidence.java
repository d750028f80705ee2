package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a violation was judged by, read from its record.
 *
 * @param stream of the event that was judged; events of others are those that it is joined with
 * @param subjectName what the subject is called, to tell it from others; empty where that is
 *     private
 * @param events those whose fields were kept, in order of time
 * @param span all events of the span, by identity and provenance
 * @param truncated whether some was left out to keep the record small
 */
public record Evidence(
    String stream,
    String subjectName,
    List<Value> values,
    List<Frozen> events,
    List<Reference> span,
    boolean truncated) {

  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");

  public static Evidence of(JsonNode record, boolean clear) {
    return new Evidence(
        record.path("stream").asString(""),
        PrivateText.known(record.path("label").asString(""), clear),
        values(record.path("values"), clear),
        record.path("events").values().stream().map(Frozen::of).toList(),
        record.path("spanEvents").values().stream().map(Reference::of).toList(),
        record.path("truncated").asBoolean(false));
  }

  /** Of a record's values alone. */
  public static List<Value> values(JsonNode values, boolean clear) {
    return values.values().stream().map(node -> Value.of(node, clear)).distinct().toList();
  }

  /** Events of the stream that was judged; of an event without a stream it is that. */
  List<Frozen> own() {
    return events.stream().filter(this::isOwn).toList();
  }

  /** Events of the streams that it is joined with. */
  List<Frozen> joined() {
    return events.stream().filter(event -> !isOwn(event)).toList();
  }

  private boolean isOwn(Frozen event) {
    return stream.isEmpty() || event.stream().isEmpty() || event.stream().equals(stream);
  }

  /** A sub-expression and what it was. */
  public record Value(String expression, String value, boolean threshold) {
    static Value of(JsonNode node, boolean clear) {
      JsonNode value = node.path("value");
      return new Value(
          node.path("expression").asString(""),
          PrivateText.shown(plain(value), clear),
          node.path("threshold").asBoolean(false));
    }

    /** With six digits of a number that has more; an integer has all. */
    public String shown() {
      if (!isNumber() || WHOLE.matcher(value).matches()) {
        return value;
      }
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
      return rounded.precision() < new BigDecimal(value).precision()
          ? rounded.scale() > 10 ? rounded.toString() : rounded.toPlainString()
          : value;
    }

    /** Whether it stands in one line, whatever there is beside it. */
    public boolean isNumber() {
      return NUMBER.matcher(value).matches();
    }
  }

  /** A list of single values as people write it. */
  private static String plain(JsonNode value) {
    if (value.isArray()
        && !value.isEmpty()
        && value.values().stream().noneMatch(JsonNode::isContainer)) {
      return value.values().stream().map(Evidence::plain).collect(Collectors.joining(", "));
    }
    return value.isString() ? value.asString("") : value.toString();
  }

  /**
   * An event with its fields.
   *
   * @param nanos event time since the epoch
   * @param stream whose event it is
   * @param subject index of the subject in the judged list, -1 where it is not there
   */
  public record Frozen(
      String id, long nanos, String stream, String role, int subject, JsonNode fields) {
    static Frozen of(JsonNode node) {
      return new Frozen(
          node.path("id").asString(""),
          node.path("at").asLong(0),
          node.path("stream").asString(""),
          node.path("role").asString("around"),
          node.path("subjectIndex").asInt(-1),
          node.path("fields"));
    }

    public Moment at() {
      return Moment.ofNanos(nanos);
    }

    boolean inGap() {
      return role.equals("gap");
    }
  }

  /** An event by where it came from. */
  public record Reference(String id, Moment at, String topic, int partition, long offset) {
    static Reference of(JsonNode node) {
      return new Reference(
          node.path("id").asString(""),
          Moment.ofNanos(node.path("at").asLong(0)),
          node.path("topic").asString(""),
          node.path("partition").asInt(0),
          node.path("offset").asLong(0));
    }
  }
}
