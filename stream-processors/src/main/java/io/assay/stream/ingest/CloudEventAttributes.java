package io.assay.stream.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a CloudEvent says beside its data, in headers of HTTP or of Kafka, or in an envelope.
 *
 * @param others the optional ones and the extensions
 */
public record CloudEventAttributes(
    String id,
    String source,
    String type,
    @Nullable String dataContentType,
    Map<String, String> others) {
  private static final String HTTP = "ce-";
  private static final String KAFKA = "ce_";
  private static final String CONTENT_TYPE = "content-type";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  /** MLServer still sends 0.3, whose names of these attributes are the same. */
  private static final List<String> VERSIONS = List.of("1.0", "0.3");

  public CloudEventAttributes {
    others = Map.copyOf(others);
  }

  /** The attributes, or everything that stands in the way of them. */
  public sealed interface Reading {
    record Complete(CloudEventAttributes attributes) implements Reading {}

    record Refused(List<String> reasons) implements Reading {
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /** From {@code ce-} headers, whose values are percent-encoded as the HTTP binding says. */
  public static Reading ofHttp(Map<String, String> headers) {
    return read(headers, HTTP, true);
  }

  /**
   * From {@code ce_} headers, whose values are UTF-8 as they stand; MLServer writes {@code Ce-}.
   */
  public static Reading ofKafka(Map<String, String> headers) {
    boolean dashed = keys(headers).stream().noneMatch(name -> name.startsWith(KAFKA));
    return read(headers, dashed ? HTTP : KAFKA, false);
  }

  /** From the envelope of structured mode; {@code datacontenttype} is one among the others. */
  static Reading ofEnvelope(Map<String, String> attributes) {
    var headers = new TreeMap<>(attributes);
    String contentType = headers.remove("datacontenttype");
    if (contentType != null) {
      headers.put(CONTENT_TYPE, contentType);
    }
    return read(headers, "", false);
  }

  /** All of them by name, {@code specversion} left out. */
  public Map<String, String> byName() {
    Map<String, String> all = new TreeMap<>(others);
    all.put("id", id);
    all.put("source", source);
    all.put("type", type);
    if (dataContentType != null) {
      all.put("datacontenttype", dataContentType);
    }
    return all;
  }

  /** Whether the data is JSON; it is where nothing is said. */
  public boolean saysJson() {
    if (dataContentType == null) {
      return true;
    }
    int end = dataContentType.indexOf(';');
    return isJson(
        (end < 0 ? dataContentType : dataContentType.substring(0, end))
            .strip()
            .toLowerCase(Locale.ROOT));
  }

  /** Of a media type in lower case, without parameters. */
  public static boolean isJson(String type) {
    return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
  }

  private static List<String> keys(Map<String, String> headers) {
    return headers.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static Reading read(Map<String, String> headers, String prefix, boolean encoded) {
    var found = new TreeMap<String, String>();
    var reasons = new ArrayList<String>();
    String contentType = null;
    for (var header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(CONTENT_TYPE)) {
        contentType = header.getValue();
      } else if (name.startsWith(prefix)) {
        String attribute = name.substring(prefix.length());
        String value = encoded ? HeaderValue.decode(header.getValue()) : header.getValue();
        take(attribute, name, value, found, reasons);
      }
    }
    String version = required("specversion", prefix, found, reasons);
    if (!version.isEmpty() && !VERSIONS.contains(version)) {
      reasons.add("%sspecversion must be one of %s, got '%s'".formatted(prefix, VERSIONS, version));
    }
    String id = required("id", prefix, found, reasons);
    String source = required("source", prefix, found, reasons);
    String type = required("type", prefix, found, reasons);
    return reasons.isEmpty()
        ? new Reading.Complete(new CloudEventAttributes(id, source, type, contentType, found))
        : new Reading.Refused(reasons);
  }

  private static void take(
      String attribute,
      String header,
      @Nullable String value,
      Map<String, String> found,
      List<String> reasons) {
    if (!NAME.matcher(attribute).matches()) {
      reasons.add("'%s': attributes are named by letters and digits".formatted(header));
    } else if (value == null) {
      reasons.add("'%s': not percent-encoded UTF-8".formatted(header));
    } else if (found.put(attribute, value) != null) {
      reasons.add("'%s' is given twice".formatted(header));
    }
  }

  /** Taken out, so that what stays are the optional attributes and extensions. */
  private static String required(
      String attribute, String prefix, Map<String, String> found, List<String> reasons) {
    String value = found.remove(attribute);
    if (value == null || value.isEmpty()) {
      reasons.add("%s%s is needed, none came".formatted(prefix, attribute));
      return "";
    }
    return value;
  }
}
