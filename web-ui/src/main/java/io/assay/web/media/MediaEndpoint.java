package io.assay.web.media;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Images and videos of a project, for its members, and for whoever has a signed link. */
@RestController
class MediaEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(MediaEndpoint.class);
  private static final Duration CACHED = Duration.ofHours(1);

  private final MediaPlaces places;
  private final MediaLinks links;
  private final RemoteMedia remote;
  private final SmallImages images;
  private final MediaSettings settings;

  MediaEndpoint(
      MediaPlaces places,
      MediaLinks links,
      RemoteMedia remote,
      SmallImages images,
      MediaSettings settings) {
    this.places = places;
    this.links = links;
    this.remote = remote;
    this.images = images;
    this.settings = settings;
  }

  /** For members: what lies in the project's folder. Ranges are Spring's work. */
  @GetMapping("/p/{project}/media/{*reference}")
  ResponseEntity<Object> image(@PathVariable String project, @PathVariable String reference) {
    return switch (found(project, reference.replaceFirst("^/", ""))) {
      case MediaPlace.InFolder(Path file) -> ofFile(file, new HttpHeaders());
      case MediaPlace.Elsewhere ignored -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /** For whoever has a link: labelling tools, browsers of people without a session here. */
  @GetMapping("/media/{project}")
  @Nullable ResponseEntity<Object> linked(
      @PathVariable String project,
      @RequestParam String ref,
      @RequestParam long until,
      @RequestParam String signature,
      @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
      HttpServletResponse response)
      throws IOException {
    if (!links.opens(project, ref, until, signature)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return switch (found(project, ref)) {
      case MediaPlace.InFolder(Path file) -> ofFile(file, open());
      case MediaPlace.Elsewhere elsewhere -> {
        pass(elsewhere, ref, Optional.ofNullable(range), response);
        yield null;
      }
    };
  }

  /** A small JPEG of an image, {@code width} pixels across. */
  @GetMapping("/p/{project}/thumbnail")
  ResponseEntity<byte[]> thumbnail(
      @PathVariable String project,
      @RequestParam String ref,
      @RequestParam(defaultValue = "320") int width) {
    byte[] small =
        small(project, ref, width)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(CacheControl.maxAge(CACHED).cachePrivate())
        .body(small);
  }

  private Optional<byte[]> small(String project, String reference, int width) {
    try {
      return images.small(project, reference, width);
    } catch (IOException failure) {
      throw notFetched(failure);
    }
  }

  private MediaPlace found(String project, String reference) {
    return places
        .find(project, reference)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static ResponseEntity<Object> ofFile(Path file, HttpHeaders headers) {
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(type(file.getFileName().toString()))
        // Private: whoever shares the cache may be no member.
        .cacheControl(CacheControl.maxAge(CACHED).cachePrivate())
        .lastModified(file.toFile().lastModified())
        .body(new FileSystemResource(file));
  }

  /** The link is the right; a labelling tool's page draws what it loads from here. */
  private static HttpHeaders open() {
    var headers = new HttpHeaders();
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    return headers;
  }

  private void pass(
      MediaPlace.Elsewhere place, String reference, Optional<String> range, HttpServletResponse to)
      throws IOException {
    try (RemoteMedia.Fetched fetched = fetched(place, range)) {
      to.setStatus(fetched.status());
      // Of the name, never of what the other server says: it may send scripts.
      to.setContentType(type(reference).toString());
      open().forEach((name, values) -> to.setHeader(name, values.getFirst()));
      to.setHeader(
          HttpHeaders.CACHE_CONTROL, CacheControl.maxAge(CACHED).cachePrivate().getHeaderValue());
      to.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
      if (!fetched.range().isEmpty()) {
        to.setHeader(HttpHeaders.CONTENT_RANGE, fetched.range());
      }
      fetched.length().ifPresent(to::setContentLengthLong);
      copy(fetched.body(), to.getOutputStream());
    }
  }

  /** Until it is too much: not every server says before how much it sends. */
  private void copy(InputStream from, OutputStream to) throws IOException {
    var chunk = new byte[64 * 1024];
    long left = settings.largest().toBytes();
    for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
      left -= read;
      if (left < 0) {
        throw new IOException("more than " + settings.largest());
      }
      to.write(chunk, 0, read);
    }
  }

  private RemoteMedia.Fetched fetched(MediaPlace.Elsewhere place, Optional<String> range) {
    try {
      return remote.fetch(place, range);
    } catch (IOException failure) {
      // Without the query, which opens it.
      LOG.debug(
          "{}{} was not fetched", place.address().getHost(), place.address().getPath(), failure);
      throw notFetched(failure);
    }
  }

  private static ResponseStatusException notFetched(IOException failure) {
    return new ResponseStatusException(
        HttpStatus.BAD_GATEWAY, "the image was not fetched: " + failure.getMessage());
  }

  private static MediaType type(String reference) {
    return MediaKind.contentType(reference)
        .map(MediaType::valueOf)
        .orElse(MediaType.APPLICATION_OCTET_STREAM);
  }
}
