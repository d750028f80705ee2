package io.assay.web.violations;

import io.assay.web.media.MediaLinks;
import io.assay.web.media.SmallImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pictures of violations for people whose rights are unknown: what a stream declares private is not
 * in them, and of streams that are not known there are none.
 */
@Component
public class ViolationPictures {
  static final String KIND = "pictures";
  private static final Logger LOG = LoggerFactory.getLogger(ViolationPictures.class);

  private final ViolationQueries violations;
  private final Frames frames;
  private final SmallImages images;
  private final MediaLinks links;
  private final VisibleEvidence visible;
  private final JsonMapper json;

  ViolationPictures(
      ViolationQueries violations,
      Frames frames,
      SmallImages images,
      MediaLinks links,
      VisibleEvidence visible,
      JsonMapper json) {
    this.violations = violations;
    this.frames = frames;
    this.images = images;
    this.links = links;
    this.visible = visible;
    this.json = json;
  }

  /**
   * A violation that can be drawn.
   *
   * @param path of a signed link that shows the picture for a while to whoever has it
   */
  public record Pictured(String project, LocalDate day, String id, String path) {}

  /** Finds a violation of which there is a picture, by its id and about when it was. */
  public Optional<Pictured> find(String project, String id, Instant from, Instant to) {
    return violations
        .day(project, id, LocalDate.ofInstant(from, ZoneOffset.UTC), day(to))
        .filter(day -> evidence(project, day, id).flatMap(BoxList::in).isPresent())
        .map(day -> new Pictured(project, day, id, links.path(KIND, project, day + "/" + id)));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** The picture, as a PNG. */
  public Optional<byte[]> png(Pictured of) {
    return png(of.project(), of.day(), of.id());
  }

  Optional<byte[]> png(String project, LocalDate day, String id) {
    return evidence(project, day, id).flatMap(evidence -> png(project, evidence));
  }

  private Optional<byte[]> png(String project, Evidence evidence) {
    long at = evidence.events().isEmpty() ? 0 : evidence.events().getLast().nanos();
    List<Frame> all = frames.of(project, evidence, at, Overlay.none());
    return ViolationView.telling(all)
        .filter(frame -> frame.width() > 0 && frame.height() > 0)
        .flatMap(
            frame ->
                drawn(
                    frame,
                    evidence.events().stream()
                        .filter(event -> event.id().equals(frame.event()))
                        .findFirst()
                        .flatMap(event -> image(project, event)),
                    Lanes.of(evidence, at, evidence.subjectName())));
  }

  /** As it was judged, without what is private. */
  private Optional<Evidence> evidence(String project, LocalDate day, String id) {
    return violations
        .one(project, day, id, false)
        .map(stored -> visible.of(project, json.readTree(stored.evidence()), false));
  }

  /** Where another server does not give it, the boxes tell enough. */
  private Optional<BufferedImage> image(String project, Evidence.Frozen event) {
    try {
      Optional<String> reference = Frames.image(event);
      Optional<byte[]> small =
          reference.isEmpty()
              ? Optional.empty()
              : images.small(project, reference.get(), ViolationDrawing.WIDTH);
      return small.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(small.get())));
    } catch (IOException notThere) {
      LOG.debug("a picture has no image below it", notThere);
      return Optional.empty();
    }
  }

  private static Optional<byte[]> drawn(Frame frame, Optional<BufferedImage> image, Lanes lanes) {
    try {
      var out = new ByteArrayOutputStream();
      ImageIO.write(ViolationDrawing.of(frame, image, lanes), "png", out);
      return Optional.of(out.toByteArray());
    } catch (IOException | RuntimeException | LinkageError | InternalError noFonts) {
      // A machine without fonts cannot draw; the alert goes out all the same.
      LOG.warn("a violation could not be drawn: {}", noFonts.toString());
      return Optional.empty();
    }
  }
}
