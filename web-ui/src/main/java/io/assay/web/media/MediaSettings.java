package io.assay.web.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where images and videos are; the properties {@code assay.media.*}.
 *
 * @param folder of the project {@code default}
 * @param folders of other projects, by project: none sees another's
 * @param hosts from which http and https references are fetched: a name, {@code *.example.com} for
 *     all below it, {@code *} for all
 * @param privateNetworks whether these may be in private networks
 * @param s3 where {@code s3://bucket/key} is
 * @param secret by which links are signed, the same in all instances; empty: one of this process
 *     alone, whose links end with it
 * @param linksLast how long a signed link opens what it leads to, at least
 * @param baseUrl of this web interface as others reach it; empty: as the request was sent
 * @param largest the most bytes of one answer
 * @param answerWithin how long another server has to begin, and between two pieces of what it sends
 */
@ConfigurationProperties("assay.media")
record MediaSettings(
    @Nullable Path folder,
    @DefaultValue Map<String, Path> folders,
    @DefaultValue List<String> hosts,
    @DefaultValue("false") boolean privateNetworks,
    @DefaultValue S3 s3,
    @DefaultValue("") String secret,
    @DefaultValue("7d") Duration linksLast,
    @DefaultValue("") String baseUrl,
    @DefaultValue("1GB") DataSize largest,
    @DefaultValue("10s") Duration answerWithin) {
  private static final String FIRST_PROJECT = "default";

  /**
   * A store that speaks S3.
   *
   * @param endpoint such as {@code https://s3.eu-central-1.amazonaws.com}; empty: there is none
   * @param accessKey empty: buckets are public
   * @param buckets by project: those whose references its events may have
   */
  record S3(
      @DefaultValue("") String endpoint,
      @DefaultValue("us-east-1") String region,
      @DefaultValue("") String accessKey,
      @DefaultValue("") String secretKey,
      @DefaultValue Map<String, List<String>> buckets) {
    S3 {
      buckets = Map.copyOf(buckets);
      if (accessKey.isEmpty() != secretKey.isEmpty()) {
        throw new IllegalArgumentException(
            "assay.media.s3 needs both access-key and secret-key, or neither");
      }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "S3[%s, %s, %s]".formatted(endpoint, region, buckets);
    }
  }

  MediaSettings {
    folders = Map.copyOf(folders);
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    if (!secret.isEmpty() && secret.length() < 16) {
      throw new IllegalArgumentException(
          "assay.media.secret needs 16 characters or more, got " + secret.length());
    }
    if (!linksLast.isPositive() || !answerWithin.isPositive()) {
      throw new IllegalArgumentException(
          "assay.media needs links-last > 0 and answer-within > 0, got %s and %s"
              .formatted(linksLast, answerWithin));
    }
  }

  @Nullable Path folderOf(String project) {
    Path own = folders.get(project);
    return own == null && project.equals(FIRST_PROJECT) ? folder : own;
  }

  boolean allows(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.stream()
        .anyMatch(
            one ->
                one.equals("*")
                    || one.equals(name)
                    || (one.startsWith("*.") && name.endsWith(one.substring(1))));
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "MediaSettings[%s, %s, %s, %s, %s]"
        .formatted(folder, folders, hosts, privateNetworks, s3);
  }
}
