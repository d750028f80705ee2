package io.assay.bench.street;

import io.assay.assertion.Violation;
import io.assay.assertion.Violation.FrozenEvent;
import io.assay.simulate.KnownError;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an assertion says is wrong: a track or a road user from one moment to another, or the whole
 * stream.
 *
 * @param from epoch milliseconds
 */
record Flag(String assertion, Subject subject, long from, long to) {
  /** Milliseconds between the camera's frames. */
  static final long FRAME = 100;

  /** Of whom something is said. */
  sealed interface Subject {
    /** An identity of the camera's tracker. */
    record Track(String name) implements Subject {}

    /** A road user that the LIDAR's model has boxed. */
    record RoadUser(int object) implements Subject {}

    /** The camera's stream. */
    record Stream() implements Subject {}
  }

  static Flag of(Violation violation, Drive drive) {
    return new Flag(
        violation.assertion(),
        subject(violation, drive),
        violation.from() / 1_000_000,
        violation.to() / 1_000_000);
  }

  private static Subject subject(Violation violation, Drive drive) {
    return switch (violation.assertion()) {
      case "multibox", "camera_alive" -> new Subject.Stream();
      case "agree" -> alone(violation, drive);
      default -> new Subject.Track(violation.label());
    };
  }

  /** The element that one sensor sees alone, {@code lidar[3]}, in the event that it stands in. */
  private static Subject alone(Violation violation, Drive drive) {
    String[] parts = violation.subject().split("[\\[\\]]", -1);
    int element = Integer.parseInt(parts[1]);
    FrozenEvent event =
        violation.events().stream()
            .filter(some -> some.stream().equals(parts[0]))
            .findFirst()
            .orElseThrow();
    long at = event.at() / 1_000_000;
    return parts[0].equals("camera")
        ? new Subject.Track(Objects.requireNonNull(drive.tracks().get(at)).get(element))
        : new Subject.RoadUser(Objects.requireNonNull(drive.objects().get(at)).get(element));
  }

  /**
   * Whether an error that the assertion can see, on this subject, overlaps the span. An error
   * reaches from the frame before it to the frame after: what is missing or moved shows by what was
   * there before and is there again.
   */
  boolean isRight(KnownError error) {
    return error.visibleTo().contains(assertion)
        && from <= error.to() + FRAME
        && to >= error.from() - FRAME
        && concerns(error);
  }

  private boolean concerns(KnownError error) {
    return switch (subject) {
      case Subject.Stream ignored -> true;
      // A silence has no track of its own: it cuts off those of all.
      case Subject.Track track ->
          error.tracks().contains(track.name()) || error.kind().equals("silence");
      case Subject.RoadUser user -> error.object().equals(OptionalInt.of(user.object()));
    };
  }
}
