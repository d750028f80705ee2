package io.assay.imports;

import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A vehicle's frames as events, one JSON object a line. */
final class KittiJson implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final String vehicle;
  private final FrameClock clock;
  private final JsonGenerator json;

  KittiJson(String vehicle, FrameClock clock, Writer out) {
    this.vehicle = vehicle;
    this.clock = clock;
    this.json = JSON.createGenerator(ObjectWriteContext.empty(), out);
  }

  /** Begins a frame, counted from 0. */
  void start(int frame) {
    json.writeStartObject();
    json.writeStringProperty("vehicle", vehicle);
    json.writeNumberProperty("at", clock.at(frame + 1));
    json.writeNumberProperty("frame", frame);
    json.writeArrayPropertyStart("boxes");
  }

  void add(KittiBox box) {
    json.writeStartObject();
    json.writeStringProperty("label", box.label());
    json.writeNumberProperty("score", box.score());
    json.writeArrayPropertyStart("area");
    json.writeNumber(box.x1());
    json.writeNumber(box.y1());
    json.writeNumber(box.x2() - box.x1());
    json.writeNumber(box.y2() - box.y1());
    json.writeEndArray();
    box.distance().ifPresent(metres -> json.writeNumberProperty("distance", metres));
    json.writeEndObject();
  }

  void end() {
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void close() {
    json.writeRaw('\n');
    json.close();
  }
}
