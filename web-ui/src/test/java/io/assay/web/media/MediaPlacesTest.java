package io.assay.web.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class MediaPlacesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private MediaPlaces places;

  @BeforeEach
  void layOut() throws IOException {
    Files.writeString(folder.resolve("clip.mp4"), "a video");
    MediaSettings settings = settings("AKIAIOSFODNN7EXAMPLE");
    places = new MediaPlaces(settings, new MediaFiles(settings), CLOCK);
  }

  @Test
  void aReferenceLeadsToAFolderAHostOrABucket() {
    assertThat(places.find("default", "clip.mp4#t=3"))
        .hasValueSatisfying(place -> assertThat(place).isInstanceOf(MediaPlace.InFolder.class));
    assertThat(places.find("default", "https://cdn.example.com/a/1.png?v=2"))
        .hasValue(
            new MediaPlace.Elsewhere(URI.create("https://cdn.example.com/a/1.png?v=2"), false));
    assertThat(places.find("default", "https://one.example.org/1.png")).isPresent();
    assertThat(places.find("default", "s3://frames/v 1/ü.png"))
        .hasValueSatisfying(
            place ->
                assertThat(((MediaPlace.Elsewhere) place).address().toString())
                    .startsWith(
                        "https://s3.example.com:9000/frames/v%201/%C3%BC.png?X-Amz-Algorithm"));
  }

  @Test
  void whatTheSettingsDoNotNameIsNotThere() {
    for (String reference :
        List.of(
            "https://other.example.com/1.png",
            "https://example.org/1.png",
            "https://cdn.example.com.evil.test/1.png",
            "https://user@cdn.example.com/1.png",
            "https://cdn.example.com/page.html",
            "https://cdn.example.com/1.svg",
            "https:///1.png",
            "https://cdn.example.com/a b.png",
            "ftp://cdn.example.com/1.png",
            "file:///etc/1.png",
            "s3://secrets/1.png",
            "s3://frames/../secrets/1.png",
            "s3://frames",
            "../clip.mp4")) {
      assertThat(places.find("default", reference)).as(reference).isEmpty();
    }
    assertThat(places.find("other", "s3://frames/1.png")).as("another project's").isEmpty();
  }

  @Test
  void aPublicBucketNeedsNoSignature() {
    MediaSettings open = settings("");
    assertThat(
            new MediaPlaces(open, new MediaFiles(open), CLOCK).find("default", "s3://frames/1.png"))
        .hasValue(
            new MediaPlace.Elsewhere(URI.create("https://s3.example.com:9000/frames/1.png"), true));
  }

  /** The example in Amazon's own description of presigned addresses. */
  @Test
  void signaturesAreThoseOfAmazonsExample() {
    URI signed =
        S3Presign.get(
            URI.create("https://examplebucket.s3.amazonaws.com"),
            "/test.txt",
            new S3Presign.Keys(
                "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            CLOCK.instant(),
            Duration.ofDays(1));
    assertThat(signed)
        .hasToString(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }

  @Test
  void aLinkOpensOneThingOfOneProjectForAWhile() {
    MediaLinks links = new MediaLinks(settings(""), CLOCK);
    String path = links.path("default", "a b&c.png");
    assertThat(path).startsWith("/media/default?ref=a+b%26c.png&until=1370044800&signature=");
    String signature = path.substring(path.lastIndexOf('=') + 1);
    assertThat(links.opens("default", "a b&c.png", 1370044800, signature)).isTrue();
    assertThat(links.opens("other", "a b&c.png", 1370044800, signature)).isFalse();
    assertThat(links.opens("default", "a.png", 1370044800, signature)).isFalse();
    assertThat(links.opens("default", "a b&c.png", 1370044801, signature)).isFalse();
    assertThat(links.opens("default", "a b&c.png", 1370044800, "")).isFalse();
    Clock later = Clock.fixed(Instant.ofEpochSecond(1370044800), ZoneOffset.UTC);
    assertThat(
            new MediaLinks(settings(""), later)
                .opens("default", "a b&c.png", 1370044800, signature))
        .as("over")
        .isFalse();
    assertThat(links.link("http://here", "default", "clip.mp4#t=2"))
        .startsWith("http://here/media/default?ref=clip.mp4&")
        .endsWith("#t=2");
  }

  @Test
  void settingsShowNoSecrets() {
    assertThat(settings("AKIAIOSFODNN7EXAMPLE").toString())
        .doesNotContain("a long enough secret", "AKIA", "a secret key");
    assertThatThrownBy(() -> new MediaSettings.S3("", "", "key", "", Map.of()))
        .hasMessageContaining("both access-key and secret-key");
  }

  private MediaSettings settings(String accessKey) {
    return settings(folder, Map.of(), accessKey);
  }

  /** Of folders, as most tests need them. */
  static MediaSettings folders(Path first, Map<String, Path> others) {
    return settings(first, others, "");
  }

  private static MediaSettings settings(Path first, Map<String, Path> others, String accessKey) {
    return new MediaSettings(
        first,
        others,
        List.of("cdn.example.com", "*.Example.org"),
        false,
        new MediaSettings.S3(
            "https://s3.example.com:9000",
            "eu-central-1",
            accessKey,
            accessKey.isEmpty() ? "" : "a secret key",
            Map.of("default", List.of("frames"))),
        "a long enough secret",
        Duration.ofDays(7),
        "",
        DataSize.ofMegabytes(1),
        Duration.ofSeconds(5));
  }
}
