package io.assay.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a token: {@code assay_ID_SECRET}. The id finds the row, and is shown so that people
 * tell tokens apart; the secret is 256 random bits.
 */
final class TokenSecret {
  private static final Pattern FORM = Pattern.compile("assay_([a-z2-7]{10})_([0-9a-f]{64})");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_BYTES = 32;

  private final String id;
  private final String secret;

  private TokenSecret(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  static TokenSecret make(SecureRandom random) {
    String id =
        random
            .ints(ID_LENGTH, 0, ALPHABET.length())
            .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
            .collect(Collectors.joining());
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new TokenSecret(id, HexFormat.of().formatHex(bytes));
  }

  /** Empty for what cannot be a token; such is never looked up. */
  static Optional<TokenSecret> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new TokenSecret(form.group(1), form.group(2)))
        : Optional.empty();
  }

  String id() {
    return id;
  }

  String text() {
    return prefix(id) + secret;
  }

  /** How the token of an id begins. */
  static String prefix(String id) {
    return "assay_" + id + "_";
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  /** In a time that does not depend on where they differ. */
  boolean hasHash(byte[] stored) {
    return MessageDigest.isEqual(hash(), stored);
  }
}
