package io.assay.web.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves to a receiver that a body is ours: {@code sha256=} and its HMAC-SHA-256 in hex. */
public final class Signature {
  public static final String HEADER = "X-Signature-256";
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /** {@code secret}: not empty. */
  public static String of(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has " + HMAC, impossible);
    }
  }
}
