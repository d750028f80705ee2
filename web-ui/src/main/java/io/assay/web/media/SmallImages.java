package io.assay.web.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Small JPEGs of a project's images, wherever these are. */
@Component
public class SmallImages {
  /** Of another server's image. */
  private static final int MOST_FETCHED = 64 << 20;

  /** Made at once: each may need hundreds of megabytes meanwhile. */
  private static final int MOST_AT_ONCE = 2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private final Semaphore room = new Semaphore(MOST_AT_ONCE, true);

  private final MediaPlaces places;
  private final RemoteMedia remote;

  SmallImages(MediaPlaces places, RemoteMedia remote) {
    this.places = places;
    this.remote = remote;
  }

  /**
   * A JPEG of at most {@code width} pixels across.
   *
   * @return empty where there is no such image, or none that can be read
   * @throws IOException where another server does not give it, with why
   */
  public Optional<byte[]> small(String project, String reference, int width) throws IOException {
    Optional<MediaPlace> place = places.find(project, reference);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream image = bytes(place.get())) {
      return made(image, width);
    }
  }

  private Optional<byte[]> made(InputStream image, int width) throws IOException {
    try {
      if (!room.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("too many others are made small at the moment");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("it was stopped", stopping);
    }
    try {
      return Thumbnails.of(image, width);
    } finally {
      room.release();
    }
  }

  private InputStream bytes(MediaPlace place) throws IOException {
    return switch (place) {
      case MediaPlace.InFolder(Path file) -> Files.newInputStream(file);
      case MediaPlace.Elsewhere elsewhere -> {
        try (RemoteMedia.Fetched fetched = remote.fetch(elsewhere, Optional.empty())) {
          yield new ByteArrayInputStream(fetched.body().readNBytes(MOST_FETCHED));
        }
      }
    };
  }
}
