package io.assay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Key stores of a broker and of a client that trust each other, made by the JDK's keytool. */
public final class Certificates {
  /** Nothing may show it: a test looks for it in all that is logged. */
  public static final String PASSWORD = "keystore-secret-57";

  private final Path folder;

  public Certificates(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    make("broker");
    make("client");
    trust("broker", "client-trusts.p12");
    trust("client", "broker-trusts.p12");
  }

  private void make(String name) {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "3",
        "-ext",
        "SAN=IP:127.0.0.1,DNS:localhost",
        "-keystore",
        file(name + ".p12"));
    keytool(
        "-exportcert",
        "-alias",
        name,
        "-keystore",
        file(name + ".p12"),
        "-file",
        file(name + ".cer"));
  }

  private void trust(String name, String store) {
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        file(name + ".cer"),
        "-keystore",
        file(store));
  }

  private void keytool(String... arguments) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Commands.Outcome outcome =
        Commands.run(
            List.of(tool.toString()),
            Stream.concat(
                    Stream.of(arguments), Stream.of("-storetype", "PKCS12", "-storepass", PASSWORD))
                .toArray(String[]::new));
    if (outcome.status() != 0) {
      throw new IllegalStateException(outcome.output());
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Of the broker, which asks clients for theirs where it wants to. */
  Map<String, String> broker() {
    return Map.of(
        "ssl.keystore.location",
        file("broker.p12"),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.keystore.type",
        "PKCS12",
        "ssl.truststore.location",
        file("broker-trusts.p12"),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  /** Of a client that knows whom to trust. */
  public Map<String, String> trusting() {
    return Map.of(
        "ssl.truststore.location",
        file("client-trusts.p12"),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  /** Of a client that shows who it is, too. */
  public Map<String, String> showing() {
    return Map.of(
        "ssl.keystore.location",
        file("client.p12"),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.keystore.type",
        "PKCS12");
  }
}
