package io.assay.web.media;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** An image of a project. */
@RestController
class MediaEndpoint {
  private final MediaFiles files;

  MediaEndpoint(MediaFiles files) {
    this.files = files;
  }

  @GetMapping("/p/{project}/media/{*reference}")
  ResponseEntity<Resource> image(@PathVariable String project, @PathVariable String reference) {
    Path file =
        files
            .find(project, reference.replaceFirst("^/", ""))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String type = MediaFiles.contentType(file);
    return ResponseEntity.ok()
        .contentType(type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.valueOf(type))
        // Private: whoever shares the cache may be no member.
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
        .lastModified(file.toFile().lastModified())
        .body(new FileSystemResource(file));
  }
}
