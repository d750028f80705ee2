package io.assay.simulate;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Events of one application as JSON objects. */
final class CreditJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final String application;
  private final String applicant;

  CreditJson(String application, String applicant) {
    this.application = application;
    this.applicant = applicant;
  }

  private String object(Consumer<JsonGenerator> content) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("application", application);
      content.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** What is not told is not there. */
  String features(long at, Applicant who, Told told) {
    return object(
        json -> {
          json.writeStringProperty("applicant", applicant);
          json.writeNumberProperty("at", at);
          json.writeObjectPropertyStart("features");
          json.writeStringProperty("region", who.region());
          if (told.age()) {
            json.writeNumberProperty("age", who.age());
          }
          if (told.employment()) {
            json.writeStringProperty("employment", who.employment());
          }
          if (told.income()) {
            json.writeNumberProperty("income", rounded(who.income(), 10));
          }
          if (told.housing()) {
            json.writeStringProperty("housing", who.housing());
          }
          if (told.purpose()) {
            json.writeStringProperty("purpose", who.purpose());
          }
          json.writeNumberProperty("amount", rounded(who.amount(), 10));
          json.writeEndObject();
        });
  }

  String decision(long at, String region, String version, double risk) {
    return object(
        json -> {
          json.writeStringProperty("applicant", applicant);
          json.writeNumberProperty("at", at);
          json.writeStringProperty("release", version);
          json.writeStringProperty("region", region);
          json.writeNumberProperty("risk", rounded(risk, 1000));
        });
  }

  String outcome(long at, boolean bounced) {
    return object(
        json -> {
          json.writeNumberProperty("at", at);
          json.writeBooleanProperty("bounced", bounced);
        });
  }

  private static double rounded(double value, double per) {
    return Math.round(value * per) / per;
  }
}
