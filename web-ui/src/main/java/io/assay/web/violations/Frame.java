package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One event drawn: its image, if there is one, and the boxes over it.
 *
 * @param offset from the deciding event, as text: {@code −200 ms}
 * @param image its address on this site
 * @param thumbnail the address of a small one of it
 * @param width of the drawing, in pixels of the image
 * @param missing whether the subject should be here and is not
 * @param raw all fields, as JSON
 * @param joined events of other streams that are drawn over it
 */
record Frame(
    int index,
    String event,
    Moment at,
    String offset,
    String role,
    Optional<String> image,
    Optional<String> thumbnail,
    int width,
    int height,
    List<Box> boxes,
    boolean missing,
    String raw,
    List<Joined> joined) {

  /** An event of another stream: whose, how much later than this one, and its fields as JSON. */
  record Joined(String stream, String offset, String raw) {}

  /** A rectangle in pixels with what to call it. */
  record Box(double x, double y, double width, double height, String caption, Kind kind) {
    Box as(Kind other) {
      return new Box(x, y, width, height, caption, other);
    }
  }

  /** What a box stands for. */
  enum Kind {
    OTHER,
    /** What another sensor or model told of the same moment. */
    JOINED,
    SUBJECT,
    /** Where the subject was last seen before it went missing. */
    LAST_KNOWN,
    /** What is known to be right, as people or a truth said later. */
    TRUTH,
    /** What the rule says should have been there instead. */
    PROPOSED,
    /** What the rule says should not have been there. */
    REFUTED;

    /** For a class of the style sheet. */
    public String css() {
      return switch (this) {
        case OTHER -> "other";
        case JOINED -> "joined";
        case SUBJECT -> "subject";
        case LAST_KNOWN -> "last-known";
        case TRUTH -> "truth";
        case PROPOSED -> "proposed";
        case REFUTED -> "refuted";
      };
    }
  }

  /** Captions of about the same size on screen whatever the image's resolution. */
  public int fontSize() {
    return Math.max(9, width / 70);
  }

  /** The kinds that are drawn here, for the legend. */
  public Set<String> drawn() {
    return boxes.stream()
        .map(box -> box.kind().css())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether there is room for a caption: those of small boxes would lie on each other. */
  public boolean captioned(Box box) {
    return switch (box.kind()) {
      case SUBJECT, LAST_KNOWN, PROPOSED -> true;
      case OTHER, JOINED, TRUTH -> box.width() > 4.0 * fontSize();
      case REFUTED -> false;
    };
  }

  /** Above the box; the subject's below, where it does not lie on those of its neighbours. */
  public double captionY(Box box) {
    boolean below =
        box.kind() == Kind.SUBJECT
            || box.kind() == Kind.LAST_KNOWN
            || box.kind() == Kind.JOINED
            || box.y() < fontSize() + 6;
    double under = box.y() + box.height() + fontSize() + 3;
    return below && under < height ? under : box.y() - 6;
  }

  /** The part around the subject, where it is too small to be seen well. */
  public Optional<Closer> closer() {
    return boxes.stream()
        .filter(box -> box.kind() == Kind.SUBJECT || box.kind() == Kind.LAST_KNOWN)
        .filter(box -> box.width() < width / 6.0)
        .findFirst()
        .map(box -> Closer.around(box, width, height));
  }

  /**
   * A part of the picture.
   *
   * @param box as a viewBox
   * @param onTheRight whether it is in the right half, so that it is drawn large in the left
   */
  record Closer(String box, boolean onTheRight) {
    private static final double SHAPE = 1.25;

    static Closer around(Box subject, int width, int height) {
      double tall = Math.min(height, Math.max(40, Math.max(subject.height(), subject.width()) * 2));
      double wide = Math.min(width, tall * SHAPE);
      double middle = subject.x() + subject.width() / 2;
      double x = Math.clamp(middle - wide / 2, 0, width - wide);
      double y = Math.clamp(subject.y() + subject.height() / 2 - tall / 2, 0, height - tall);
      return new Closer(
          String.format(Locale.ROOT, "%.1f %.1f %.1f %.1f", x, y, wide, tall),
          middle > width / 2.0);
    }
  }
}
