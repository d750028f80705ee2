package io.assay.stream.tracing;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go, and how many.
 *
 * @param endpoint that takes OTLP over HTTP, such as {@code http://collector:4318/v1/traces};
 *     without it nothing is traced, and what came is handed on as it came
 * @param sampled share of the events without a trace for which one is begun where they come in over
 *     HTTP, 0 to 1; who sends a trace has decided for it
 * @param headers that the endpoint wants, such as {@code authorization}; secret
 */
@ConfigurationProperties("assay.tracing")
public record TracingSettings(
    @Nullable URI endpoint,
    @DefaultValue("0.01") double sampled,
    @DefaultValue Map<String, String> headers) {

  public TracingSettings {
    headers = Map.copyOf(headers);
    if (!(sampled >= 0 && sampled <= 1)) {
      throw new IllegalArgumentException(
          "assay.tracing.sampled needs a share of 0 to 1, got " + sampled);
    }
    if (endpoint != null && endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "assay.tracing.endpoint needs an address without a user, who would not be sent: set"
              + " assay.tracing.headers.authorization");
    }
    if (endpoint != null
        && !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
      throw new IllegalArgumentException(
          "assay.tracing.endpoint needs an address of http or https, got " + endpoint);
    }
  }

  /**
   * The endpoint without what is behind its path, which may be secret; empty where there is none.
   */
  String shown() {
    return endpoint == null ? "" : endpoint.toString().replaceFirst("[?#].*", "");
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "TracingSettings[%s, %s, %s]".formatted(shown(), sampled, headers.keySet());
  }
}
