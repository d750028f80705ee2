package io.assay.web.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Links that open one thing for a while to whoever has them: labelling tools load images for people
 * who have no session here.
 */
@Component
public class MediaLinks {
  private static final Logger LOG = LoggerFactory.getLogger(MediaLinks.class);
  private static final String MEDIA = "media";
  private static final String HMAC = "HmacSHA256";

  private final byte[] key;
  private final Duration last;
  private final String baseUrl;
  private final Clock clock;

  MediaLinks(MediaSettings settings, Clock clock) {
    this.last = settings.linksLast();
    this.baseUrl = settings.baseUrl().replaceFirst("/+$", "");
    this.clock = clock;
    if (settings.secret().isEmpty()) {
      key = new byte[32];
      new SecureRandom().nextBytes(key);
      LOG.info("links to media are of this process alone; assay.media.secret makes them last");
    } else {
      key = settings.secret().getBytes(UTF_8);
    }
  }

  /**
   * The path and query of a link. Links of one day are equal, so that caches and repeated exports
   * see the same.
   */
  public String path(String project, String reference) {
    return path(MEDIA, project, reference.split("#", 2)[0]);
  }

  /**
   * The same of something else than media.
   *
   * @param kind what it is, in letters: the first part of the path
   */
  public String path(String kind, String project, String reference) {
    Instant until =
        clock.instant().plus(last).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    return "/%s/%s?ref=%s&until=%d&signature=%s"
        .formatted(
            kind,
            project,
            URLEncoder.encode(reference, UTF_8),
            until.getEpochSecond(),
            signature(kind, project, reference, until.getEpochSecond()));
  }

  /** The whole of a link; {@code here} is this web interface's address where no setting says so. */
  public String link(String here, String project, String reference) {
    String place = reference.contains("#") ? reference.substring(reference.indexOf('#')) : "";
    return (baseUrl.isEmpty() ? here : baseUrl) + path(project, reference) + place;
  }

  /** Whether a link is ours, and not over. */
  boolean opens(String project, String reference, long until, String signature) {
    return opens(MEDIA, project, reference, until, signature);
  }

  /** Whether a link to something of a kind is ours, and not over. */
  public boolean opens(
      String kind, String project, String reference, long until, String signature) {
    byte[] ours = signature(kind, project, reference, until).getBytes(UTF_8);
    return MessageDigest.isEqual(ours, signature.getBytes(UTF_8))
        && clock.instant().getEpochSecond() < until;
  }

  private String signature(String kind, String project, String reference, long until) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      // A project's name has no line end.
      String signed = kind + "\n" + project + "\n" + until + "\n" + reference;
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has " + HMAC, impossible);
    }
  }
}
