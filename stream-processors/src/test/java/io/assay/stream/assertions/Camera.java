package io.assay.stream.assertions;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Draft;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.util.List;
import java.util.Optional;

/** A declared stream of frames with boxes, and payloads for it. */
final class Camera {
  static final String TOPIC = "av.camera";
  static final long START_MILLIS = 1_700_000_000_000L;

  private static final StructType BOX =
      StructType.of(
          "camera.boxes",
          List.of(
              draft("track", Basic.STRING, true),
              draft("label", new Type.EnumOf(List.of("car", "van"), List.of()), false),
              draft("score", Basic.RATIO, false),
              draft("area", Basic.RECT, false)));

  static final StreamType STREAM = stream();

  private Camera() {}

  private static StreamType stream() {
    StructType root =
        StructType.of(
            "camera",
            List.of(
                draft("vehicle", Basic.STRING, false),
                new Draft(
                    "at",
                    Basic.TIMESTAMP,
                    false,
                    false,
                    new Source(List.of("at"), Reading.EPOCH_MILLIS)),
                draft("boxes", new Type.ListOf(BOX), false)));
    return new StreamType(
        "camera",
        TOPIC,
        root,
        root.field("vehicle").orElseThrow(),
        root.field("at").orElseThrow(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static Draft draft(String name, Type type, boolean optional) {
    return new Draft(name, type, optional, false, new Source(List.of(name), Reading.PLAIN));
  }

  /** A frame of vehicle {@code v1}, 100 ms a frame, with the boxes given as JSON. */
  static String frame(int number, String... boxes) {
    return frame("v1", START_MILLIS + number * 100L, boxes);
  }

  static String frame(String vehicle, long atMillis, String... boxes) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"boxes\":[%s]}"
        .formatted(vehicle, atMillis, String.join(",", boxes));
  }

  /** A box that is as declared. */
  static String box(String track) {
    return "{\"track\":\"%s\",\"label\":\"car\",\"score\":0.9,\"area\":[10,10,40,30]}"
        .formatted(track);
  }
}
