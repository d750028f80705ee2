package io.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints, filled in by the build. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var properties = new Properties();
    try (InputStream in = VersionText.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build has left out version.properties");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {"assay " + properties.getProperty("version")};
  }
}
