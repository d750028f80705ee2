package io.assay.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that asks who someone is: by SASL over TLS, by SASL alone, or by a certificate. Who
 * comes without any of it, from here, may do everything.
 */
public final class SecureBroker implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final Certificates certificates;
  private final int saslSsl;
  private final int sasl;
  private final int ssl;

  private SecureBroker(
      EmbeddedBroker broker, Certificates certificates, int saslSsl, int sasl, int ssl) {
    this.broker = broker;
    this.certificates = certificates;
    this.saslSsl = saslSsl;
    this.sasl = sasl;
    this.ssl = ssl;
  }

  /** Started at the first call, stopped when the JVM ends; user {@code admin} may do everything. */
  public static SecureBroker shared() {
    return Holder.SHARED;
  }

  public Certificates certificates() {
    return certificates;
  }

  /** {@code plain}: passwords of those who come by SASL PLAIN. */
  private static SecureBroker start(
      Path home, Certificates certificates, Map<String, String> plain) {
    int open = TestFolders.freePort();
    int controller = TestFolders.freePort();
    int saslSsl = TestFolders.freePort();
    int sasl = TestFolders.freePort();
    int ssl = TestFolders.freePort();
    Map<String, String> more = new HashMap<>(certificates.broker());
    more.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,BOTH://127.0.0.1:%d,SASL://127.0.0.1:%d,MUTUAL://127.0.0.1:%d"
            .formatted(open, controller, saslSsl, sasl, ssl));
    more.put(
        "advertised.listeners",
        "PLAINTEXT://127.0.0.1:%d,BOTH://127.0.0.1:%d,SASL://127.0.0.1:%d,MUTUAL://127.0.0.1:%d"
            .formatted(open, saslSsl, sasl, ssl));
    more.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BOTH:SASL_SSL,SASL:SASL_PLAINTEXT,MUTUAL:SSL");
    var users =
        new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
    plain.forEach((name, password) -> users.append(" user_%s=\"%s\"".formatted(name, password)));
    for (String listener : List.of("both", "sasl")) {
      String prefix = "listener.name." + listener + '.';
      more.put(prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
      more.put(
          prefix + "scram-sha-512.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
      more.put(prefix + "plain.sasl.jaas.config", users + ";");
    }
    more.put("listener.name.mutual.ssl.client.auth", "required");
    more.put("authorizer.class.name", RecordingAuthorizer.class.getName());
    more.put("super.users", "User:ANONYMOUS;User:CN=client;User:admin");
    return new SecureBroker(
        EmbeddedBroker.start(home, open, controller, more), certificates, saslSsl, sasl, ssl);
  }

  /** Without any security, for who may do everything. */
  public String open() {
    return broker.bootstrapServers();
  }

  public String saslSsl() {
    return "127.0.0.1:" + saslSsl;
  }

  public String sasl() {
    return "127.0.0.1:" + sasl;
  }

  public String mutual() {
    return "127.0.0.1:" + ssl;
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", open()));
  }

  /** Someone who comes by SCRAM. */
  public void addUser(String name, String password)
      throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
          .all()
          .get();
    }
  }

  /** What a client sets that comes by SCRAM over TLS, and trusts the broker. */
  public Map<String, String> scramOverTls(String name, String password) {
    var settings = new HashMap<>(certificates.trusting());
    settings.put("security.protocol", "SASL_SSL");
    settings.putAll(scram(name, password));
    return settings;
  }

  /** What a client sets that shows a certificate, and trusts the broker. */
  public Map<String, String> mutualTls() {
    var settings = new HashMap<>(certificates.trusting());
    settings.putAll(certificates.showing());
    settings.put("security.protocol", "SSL");
    return settings;
  }

  public static Map<String, String> scram(String name, String password) {
    return Map.of(
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(name, password));
  }

  public static Map<String, String> plain(String name, String password) {
    return Map.of(
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(name, password));
  }

  @Override
  public void close() {
    broker.close();
  }

  private static final class Holder {
    static final SecureBroker SHARED = start();

    private static SecureBroker start() {
      try {
        Path folder = TestFolders.untilExit("secure-kafka");
        SecureBroker broker =
            SecureBroker.start(
                folder.resolve("data"),
                new Certificates(folder.resolve("certificates")),
                Map.of("admin", "admin-secret-11", "plain", "plain-secret-13"));
        TestFolders.atExit(broker);
        return broker;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
