package io.assay.cli;

import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayNote;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A record put aside, for programs; bytes are base64, as they need be no text. */
final class AsideJson {
  private AsideJson() {}

  /** All but key, headers and value. */
  static void brief(PutAside aside, Optional<ReplayNote> note, JsonGenerator out) {
    out.writeStartObject();
    fields(aside, note, out);
    out.writeEndObject();
  }

  static void whole(PutAside aside, Optional<ReplayNote> note, JsonGenerator out) {
    out.writeStartObject();
    fields(aside, note, out);
    bytes("key", aside.key(), out);
    out.writeArrayPropertyStart("headers");
    for (Header header : aside.headers()) {
      out.writeStartObject();
      out.writeStringProperty("name", header.key());
      bytes("value", header.value(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    bytes("value", aside.value(), out);
    out.writeEndObject();
  }

  private static void fields(PutAside aside, Optional<ReplayNote> note, JsonGenerator out) {
    out.writeStringProperty("position", aside.position().toString());
    out.writeStringProperty("at", Instant.ofEpochMilli(aside.millis()).toString());
    out.writeStringProperty("project", aside.project());
    out.writeStringProperty("stream", aside.stream());
    out.writeStringProperty("cause", aside.cause());
    out.writeStringProperty("detail", aside.detail());
    out.writeStringProperty("topic", aside.source().topic());
    out.writeNumberProperty("partition", aside.source().partition());
    out.writeNumberProperty("offset", aside.source().offset());
    out.writeStringProperty("received", Instant.ofEpochMilli(aside.receivedMillis()).toString());
    out.writeNumberProperty("bytes", aside.valueBytes());
    out.writeArrayPropertyStart("leftOut");
    aside.leftOut().forEach(out::writeString);
    out.writeEndArray();
    String of = aside.replayOf();
    if (of != null) {
      out.writeStringProperty("replayOf", of);
    }
    note.ifPresent(
        it -> {
          out.writeObjectPropertyStart("replayed");
          out.writeStringProperty("at", Instant.ofEpochMilli(it.millis()).toString());
          out.writeStringProperty("by", it.by());
          out.writeStringProperty("how", it.way().name().toLowerCase(Locale.ROOT));
          out.writeEndObject();
        });
  }

  private static void bytes(String name, byte @Nullable [] bytes, JsonGenerator out) {
    if (bytes == null) {
      out.writeNullProperty(name);
    } else {
      out.writeName(name);
      out.writeBinary(bytes);
    }
  }
}
