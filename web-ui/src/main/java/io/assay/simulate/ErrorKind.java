package io.assay.simulate;

import java.util.Locale;

/** A way in which the simulated detectors err; {@code street-errors.txt} says how often. */
enum ErrorKind {
  DROPOUT,
  LOW_SCORE,
  LABEL_CHANGE,
  JUMP,
  DUPLICATE,
  CAMERA_MISS,
  LIDAR_MISS,
  BLIP,
  GHOST,
  SILENCE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which sensor's output is wrong. */
  String sensor() {
    return this == LIDAR_MISS ? "lidar" : "camera";
  }
}
