package io.assay.web.media;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Where pages of this site load images from: always from this site. */
@Component
public class MediaAddresses {
  private final MediaPlaces places;
  private final MediaLinks links;

  MediaAddresses(MediaPlaces places, MediaLinks links) {
    this.places = places;
    this.links = links;
  }

  /** Of an image or a video; empty where it is not there, or not to be shown. */
  public Optional<String> image(String project, String reference) {
    return places
        .find(project, reference)
        .map(
            place ->
                switch (place) {
                  case MediaPlace.InFolder ignored ->
                      "/p/%s/media/%s"
                          .formatted(
                              project, UriUtils.encodePath(reference, StandardCharsets.UTF_8));
                  case MediaPlace.Elsewhere ignored -> links.path(project, reference);
                });
  }

  /** Of a small one of an image. */
  public Optional<String> thumbnail(String project, String reference) {
    return places
        .find(project, reference)
        .filter(place -> MediaKind.of(reference) == MediaKind.IMAGE)
        .map(
            place ->
                "/p/%s/thumbnail?ref=%s"
                    .formatted(project, URLEncoder.encode(reference, StandardCharsets.UTF_8)));
  }
}
