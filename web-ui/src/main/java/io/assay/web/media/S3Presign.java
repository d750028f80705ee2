package io.assay.web.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses of objects in S3 that open them for a while: AWS Signature Version 4 in the query. Only
 * the host is signed, so that any range may be asked for.
 */
final class S3Presign {
  private static final String HMAC = "HmacSHA256";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private S3Presign() {}

  /**
   * Who asks.
   *
   * @param region of the store, such as {@code eu-central-1}
   */
  record Keys(String region, String accessKey, String secretKey) {}

  /**
   * The address to GET an object from.
   *
   * @param endpoint scheme, host and port
   * @param path of the object, from {@code /}, not encoded
   */
  static URI get(URI endpoint, String path, Keys keys, Instant now, Duration lasts) {
    String day = DAY.format(now);
    String scope = day + "/" + keys.region() + "/s3/aws4_request";
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + encoded(keys.accessKey() + "/" + scope, false)
            + "&X-Amz-Date="
            + TIME.format(now)
            + "&X-Amz-Expires="
            + lasts.toSeconds()
            + "&X-Amz-SignedHeaders=host";
    String request =
        String.join(
            "\n",
            "GET",
            encoded(path, true),
            query,
            "host:" + endpoint.getAuthority(),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", TIME.format(now), scope, hex(sha256(request)));
    byte[] key = hmac(("AWS4" + keys.secretKey()).getBytes(UTF_8), day);
    key = hmac(hmac(hmac(key, keys.region()), "s3"), "aws4_request");
    return URI.create(
        plain(endpoint, path) + "?" + query + "&X-Amz-Signature=" + hex(hmac(key, toSign)));
  }

  /** The address of an object in a public bucket. */
  static URI plain(URI endpoint, String path) {
    return URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority() + encoded(path, true));
  }

  /** As S3 has it: all but unreserved characters, and slashes where they part a path. */
  private static String encoded(String text, boolean slashes) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || "-_.~".indexOf(c) >= 0
              || (slashes && c == '/');
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has " + HMAC, impossible);
    }
  }
}
