package io.assay.simulate;

/** What takes part in the traffic, with the label that the detectors give it. */
enum RoadUser {
  CAR("car"),
  VAN("van"),
  PEDESTRIAN("pedestrian"),
  CYCLIST("cyclist");

  private final String label;

  RoadUser(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean isVehicle() {
    return this == CAR || this == VAN;
  }
}
