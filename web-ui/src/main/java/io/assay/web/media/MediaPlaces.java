package io.assay.web.media;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds what a reference of a project's event leads to, among what that project may see. */
@Component
class MediaPlaces {
  private static final String S3 = "s3://";
  private static final Duration PRESIGNED = Duration.ofMinutes(15);

  private final MediaSettings settings;
  private final MediaFiles files;
  private final Clock clock;

  MediaPlaces(MediaSettings settings, MediaFiles files, Clock clock) {
    this.settings = settings;
    this.files = files;
    this.clock = clock;
  }

  /** Empty where it leads to no image or video, or where the settings do not let it. */
  Optional<MediaPlace> find(String project, String reference) {
    String bare = reference.split("#", 2)[0];
    if (MediaKind.of(bare) == MediaKind.OTHER) {
      return Optional.empty();
    }
    if (bare.startsWith(S3)) {
      return object(project, bare.substring(S3.length()));
    }
    if (bare.startsWith("http://") || bare.startsWith("https://")) {
      return address(bare);
    }
    return files.find(project, bare).map(MediaPlace.InFolder::new);
  }

  private Optional<MediaPlace> address(String reference) {
    try {
      URI address = URI.create(reference);
      boolean known =
          address.getHost() != null
              && address.getRawUserInfo() == null
              && settings.allows(address.getHost());
      return known ? Optional.of(new MediaPlace.Elsewhere(address, false)) : Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private Optional<MediaPlace> object(String project, String bucketAndKey) {
    MediaSettings.S3 s3 = settings.s3();
    int slash = bucketAndKey.indexOf('/');
    boolean known =
        !s3.endpoint().isEmpty()
            && slash > 0
            && s3.buckets()
                .getOrDefault(project, List.of())
                .contains(bucketAndKey.substring(0, slash))
            // Servers that tidy paths up would leave the bucket.
            && !List.of(bucketAndKey.split("/")).contains("..");
    if (!known) {
      return Optional.empty();
    }
    URI endpoint = URI.create(s3.endpoint());
    String path = "/" + bucketAndKey;
    URI address =
        s3.accessKey().isEmpty()
            ? S3Presign.plain(endpoint, path)
            : S3Presign.get(
                endpoint,
                path,
                new S3Presign.Keys(s3.region(), s3.accessKey(), s3.secretKey()),
                clock.instant(),
                PRESIGNED);
    return Optional.of(new MediaPlace.Elsewhere(address, true));
  }
}
