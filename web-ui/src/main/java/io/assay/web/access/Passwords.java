package io.assay.web.access;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Makes passwords that nobody has used before, and encodes them. */
@Component
class Passwords {
  /** Without letters and digits that look alike; 20 of them are 113 bits. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679";

  private static final int LENGTH = 20;

  private final SecureRandom random = new SecureRandom();
  private final PasswordEncoder encoder;

  Passwords(PasswordEncoder encoder) {
    this.encoder = encoder;
  }

  String make() {
    return random
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
        .collect(Collectors.joining());
  }

  String encode(String password) {
    String encoded = encoder.encode(password);
    if (encoded == null) {
      throw new IllegalStateException("the password encoder gave nothing");
    }
    return encoded;
  }

  boolean matches(String password, String encoded) {
    return encoder.matches(password, encoded);
  }
}
