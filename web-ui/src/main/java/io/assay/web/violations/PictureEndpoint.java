package io.assay.web.violations;

import io.assay.web.media.MediaLinks;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Pictures of violations, for whoever has a signed link: alerts carry them. */
@RestController
class PictureEndpoint {
  private static final Duration CACHED = Duration.ofHours(1);

  private final MediaLinks links;
  private final ViolationPictures pictures;

  PictureEndpoint(MediaLinks links, ViolationPictures pictures) {
    this.links = links;
    this.pictures = pictures;
  }

  @GetMapping("/" + ViolationPictures.KIND + "/{project}")
  ResponseEntity<byte[]> picture(
      @PathVariable String project,
      @RequestParam String ref,
      @RequestParam long until,
      @RequestParam String signature) {
    byte[] png =
        Optional.of(ref)
            .filter(one -> links.opens(ViolationPictures.KIND, project, one, until, signature))
            .flatMap(one -> png(project, one))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(CACHED).cachePrivate())
        .body(png);
  }

  private Optional<byte[]> png(String project, String reference) {
    String[] parts = reference.split("/", 2);
    try {
      return parts.length < 2
          ? Optional.empty()
          : pictures.png(project, LocalDate.parse(parts[0]), parts[1]);
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
  }
}
