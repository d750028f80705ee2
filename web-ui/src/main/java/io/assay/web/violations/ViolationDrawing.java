package io.assay.web.violations;

import io.assay.web.violations.Frame.Box;
import io.assay.web.violations.Lanes.Lane;
import io.assay.web.violations.Lanes.Stretch;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * A violation as one picture: the frame that tells most, with its boxes over it, and below it who
 * was seen when, with gaps in red. In the colours of the pages.
 */
final class ViolationDrawing {
  static final int WIDTH = 800;

  /** Of a frame; the lanes need less. */
  private static final int MOST_HEIGHT = 600;

  private static final int LANE = 26;
  private static final int MARGIN = 12;
  private static final int NAMES = 130;
  private static final int CAPTION = 13;

  static final Color GROUND = new Color(0x0b, 0x11, 0x17);
  private static final Color PAPER = new Color(0xf7, 0xf9, 0xfb);
  private static final Color INK = new Color(0x17, 0x24, 0x30);
  private static final Color LINE = new Color(0xd8, 0xdf, 0xe6);
  private static final Color OTHER = new Color(0x56, 0xb4, 0xe9);
  private static final Color SUBJECT = new Color(0xe6, 0x9f, 0x00);
  private static final Color JOINED = new Color(0xcc, 0x79, 0xa7);
  private static final Color PROPOSED = new Color(0x2f, 0xd3, 0xa0);
  private static final Color TRUTH = new Color(0xf0, 0xe4, 0x42);
  static final Color MISSING = new Color(0xff, 0x4b, 0x2b);

  private final Graphics2D pen;

  private ViolationDrawing(Graphics2D pen) {
    this.pen = pen;
  }

  /** {@code image}: what the boxes lie on, if there is one. */
  static BufferedImage of(Frame frame, Optional<BufferedImage> image, Lanes all) {
    // Of one event there is no before and after.
    Lanes lanes = all.ticks().size() < 2 ? new Lanes(List.of(), List.of()) : all;
    double scale = Math.min((double) WIDTH / frame.width(), (double) MOST_HEIGHT / frame.height());
    int high = Math.max(1, (int) Math.round(frame.height() * scale));
    int rows = lanes.lanes().size() * LANE + (lanes.lanes().isEmpty() ? 0 : 2 * MARGIN);
    var picture = new BufferedImage(WIDTH, high + rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      var drawing = new ViolationDrawing(pen);
      drawing.fill(GROUND, 0, 0, WIDTH, high);
      drawing.scene(frame, image, scale, high);
      drawing.fill(PAPER, 0, high, WIDTH, rows);
      drawing.lanes(lanes, high + MARGIN);
    } finally {
      pen.dispose();
    }
    return picture;
  }

  private void scene(Frame frame, Optional<BufferedImage> image, double scale, int high) {
    int wide = (int) Math.round(frame.width() * scale);
    image.ifPresent(one -> pen.drawImage(one, 0, 0, wide, high, null));
    for (Box box : frame.boxes()) {
      var where =
          new Rectangle2D.Double(
              box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale);
      Color colour = colour(box.kind());
      if (box.kind() == Frame.Kind.SUBJECT || box.kind() == Frame.Kind.LAST_KNOWN) {
        pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 36));
        pen.fill(where);
      }
      pen.setColor(colour);
      pen.setStroke(stroke(box.kind()));
      pen.draw(where);
      if (frame.captioned(box)) {
        caption(box, colour, box.x() * scale, frame.captionY(box) * scale);
      }
    }
  }

  private static Color colour(Frame.Kind kind) {
    return switch (kind) {
      case OTHER -> OTHER;
      case JOINED -> JOINED;
      case TRUTH -> TRUTH;
      case PROPOSED, REFUTED -> PROPOSED;
      case SUBJECT -> SUBJECT;
      case LAST_KNOWN -> MISSING;
    };
  }

  private static BasicStroke stroke(Frame.Kind kind) {
    return switch (kind) {
      case OTHER, JOINED, TRUTH, REFUTED -> new BasicStroke(1.5f);
      case SUBJECT -> new BasicStroke(3);
      case LAST_KNOWN, PROPOSED ->
          new BasicStroke(
              3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {9, 6}, 0);
    };
  }

  private void caption(Box box, Color colour, double x, double y) {
    String text =
        box.kind() == Frame.Kind.LAST_KNOWN ? (box.caption() + " last seen here") : box.caption();
    pen.setFont(font(CAPTION));
    double left = Math.clamp(x, 2, Math.max(2, WIDTH - pen.getFontMetrics().stringWidth(text) - 4));
    write(text.strip(), Color.BLACK, CAPTION, left + 1, y + 1);
    write(text.strip(), colour, CAPTION, left, y);
  }

  private void lanes(Lanes lanes, int top) {
    double unit = (double) (WIDTH - NAMES - MARGIN) / Lanes.WIDTH;
    List<Lane> all = lanes.lanes();
    pen.setStroke(new BasicStroke(1));
    pen.setColor(LINE);
    for (Lanes.Tick tick : lanes.ticks()) {
      double x = NAMES + tick.x() * unit;
      pen.draw(new Rectangle2D.Double(x, top, 0, (double) all.size() * LANE));
    }
    for (int i = 0; i < all.size(); i++) {
      lane(all.get(i), top + i * LANE, unit);
    }
  }

  private void lane(Lane lane, int top, double unit) {
    Color colour = lane.subject() ? SUBJECT : OTHER;
    write(shortened(lane.name()), INK, 12, MARGIN, top + LANE * 0.65);
    for (Stretch span : lane.spans()) {
      fill(pale(colour), NAMES + span.from() * unit, top + 10, span.length() * unit, 6);
    }
    for (Stretch gap : lane.gaps()) {
      fill(MISSING, NAMES + gap.from() * unit, top + 6, gap.length() * unit, 14);
    }
    for (double seen : lane.seen()) {
      fill(colour, NAMES + seen * unit - 2, top + 5, 4, 16);
    }
  }

  /** Half of it, half paper. */
  private static Color pale(Color colour) {
    return new Color(
        (colour.getRed() + PAPER.getRed()) / 2,
        (colour.getGreen() + PAPER.getGreen()) / 2,
        (colour.getBlue() + PAPER.getBlue()) / 2);
  }

  private static String shortened(String name) {
    return name.length() > 16 ? name.substring(0, 15) + "…" : name;
  }

  private void fill(Color colour, double x, double y, double width, double height) {
    pen.setColor(colour);
    pen.fill(new Rectangle2D.Double(x, y, width, height));
  }

  private void write(String text, Color colour, int size, double x, double y) {
    pen.setColor(colour);
    pen.setFont(font(size));
    pen.drawString(text, (float) x, (float) y);
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }
}
