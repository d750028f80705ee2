package io.assay.stream.contract;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a broker said, or failed to say, in words for whoever can mend it. */
public final class BrokerTrouble {
  private static final String PROTOCOL = "security.protocol";

  private static final Pattern WAITED = Pattern.compile("\\d+ ?ms");

  private static final Pattern NOT_MADE =
      Pattern.compile(
          "^Failed to (construct [kK]afka |create new KafkaAdminClient|load (PEM )?SSL keystore)");

  private BrokerTrouble() {}

  /**
   * One sentence, without secrets: Kafka's clients hide them in what they say.
   *
   * @param servers the bootstrap servers that were asked
   * @param clients settings of Kafka's clients
   * @param from where these settings come from, as its user knows it
   */
  public static String told(
      String servers, Map<String, ?> clients, String from, Throwable failure) {
    Throwable cause = telling(failure);
    String said = innermost(cause);
    return switch (cause) {
      case SslAuthenticationException ignored ->
          "the broker at %s and this client do not trust each other (ssl.* of %s): %s"
              .formatted(servers, from, said);
      case AuthenticationException ignored ->
          "the broker at %s refuses these credentials (sasl.* of %s): %s"
              .formatted(servers, from, said);
      case AuthorizationException ignored ->
          "the broker at %s denies a right (docs/kafka-acls.md has those that are needed): %s: %s"
              .formatted(servers, cause.getClass().getSimpleName(), both(failure));
      case TimeoutException ignored -> "%s%s".formatted(away(servers, said), hint(clients, from));
      case DisconnectException ignored ->
          "%s%s".formatted(away(servers, said), hint(clients, from));
      default ->
          isOfSettings(failure) && !said.contains("bootstrap.servers")
              ? "Kafka's clients cannot be made of %s: %s".formatted(from, withoutSecrets(said))
              : away(servers, both(failure));
    };
  }

  /** The same of Kafka's clients as anybody configures them in Assay. */
  static String told(Map<String, ?> clients, Throwable failure) {
    return told(
        String.valueOf(clients.get("bootstrap.servers")), clients, "assay.kafka.*", failure);
  }

  /** Whether it is what was told before: how long was waited for it makes no difference. */
  static boolean isAgain(@Nullable Throwable before, Throwable failure) {
    return before != null
        && WAITED
            .matcher(before.toString())
            .replaceAll("")
            .equals(WAITED.matcher(failure.toString()).replaceAll(""));
  }

  /**
   * Whether the broker said no to credentials, trust or a right: to ask again is of no use until
   * someone has mended that.
   */
  public static boolean isRefusal(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException);
  }

  /** Whether it may pass by itself, or when something is mended elsewhere, with a new client. */
  public static boolean needsNewClient(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof DisconnectException
        || failure instanceof AuthenticationException;
  }

  private static String away(String servers, String said) {
    return "the broker at %s does not answer as needed: %s".formatted(servers, said);
  }

  /** One that waits for a TLS handshake says nothing at all to who speaks in plain text. */
  private static String hint(Map<String, ?> clients, String from) {
    return clients.containsKey(PROTOCOL)
        ? ""
        : "; if it asks for TLS or SASL, %s must have %s".formatted(from, PROTOCOL);
  }

  private static Throwable telling(Throwable failure) {
    return causes(failure)
        .filter(
            cause ->
                cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException
                    || cause instanceof TimeoutException
                    || cause instanceof DisconnectException)
        .findFirst()
        .orElse(failure);
  }

  /** What a client says that could not even be made; of one that works it says other things. */
  private static boolean isOfSettings(Throwable failure) {
    return causes(failure)
        .anyMatch(cause -> cause instanceof KafkaException && NOT_MADE.matcher(said(cause)).find());
  }

  /** Kafka shows what it stumbled on, which in this one setting may be a password. */
  private static String withoutSecrets(String said) {
    return said.contains("JAAS config")
        ? "sasl.jaas.config needs MODULE required NAME=\"VALUE\" …; with values in quotes"
        : said;
  }

  /** Kafka's clients wrap what happened; the innermost says it. */
  private static String innermost(Throwable failure) {
    Optional<Throwable> last =
        causes(failure).filter(cause -> cause.getMessage() != null).reduce((outer, inner) -> inner);
    return last.map(BrokerTrouble::said).orElse(failure.getClass().getSimpleName());
  }

  /** What was tried, and why it failed. */
  private static String both(Throwable failure) {
    String inner = innermost(failure);
    return failure.getMessage() == null || said(failure).contains(inner)
        ? failure.getMessage() == null ? inner : said(failure)
        : said(failure) + ": " + inner;
  }

  private static String said(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
