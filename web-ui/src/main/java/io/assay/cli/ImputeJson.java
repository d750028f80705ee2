package io.assay.cli;

import io.assay.imputation.Guess;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Guesses for machines, a line each. */
final class ImputeJson {
  private ImputeJson() {}

  static byte[] lines(List<Guess> guesses) {
    var text = new StringWriter();
    for (Guess guess : guesses) {
      try (JsonGenerator json = JsonOutput.to(text)) {
        write(guess, json);
      }
      text.write('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Guess guess, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("row", guess.row() + 1);
    json.writeStringProperty("column", guess.column().name());
    switch (guess) {
      case Guess.OfCategory one -> {
        json.writeStringProperty("value", one.texts().get(0));
        json.writeArrayPropertyStart("candidates");
        for (Guess.Candidate candidate : one.candidates()) {
          json.writeStartObject();
          json.writeStringProperty("value", candidate.value());
          json.writeNumberProperty("probability", candidate.probability());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case Guess.OfNumbers one -> {
        json.writeArrayPropertyStart("values");
        for (Guess.Estimate estimate : one.estimates()) {
          json.writeStartObject();
          json.writeNumberProperty("value", estimate.value());
          json.writeNumberProperty("low", estimate.low());
          json.writeNumberProperty("high", estimate.high());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
    }
    json.writeNumberProperty("confidence", guess.confidence());
    json.writeBooleanProperty("abstains", guess.abstains());
    json.writeObjectPropertyStart("attention");
    guess.attention().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeEndObject();
  }
}
