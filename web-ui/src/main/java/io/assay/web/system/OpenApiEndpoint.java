package io.assay.web.system;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The API, told to programs that make clients of it. */
@RestController
class OpenApiEndpoint {
  private static final String SUMMARIES = "/io/assay/web/openapi.properties";

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;

  /** Asked when it is told, since this endpoint is among them. */
  OpenApiEndpoint(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  JsonNode openapi() {
    var document = new OpenApiDocument(summaries());
    mappings.getObject().getHandlerMethods().forEach(document::add);
    return document.json();
  }

  private static Properties summaries() {
    var texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(OpenApiEndpoint.class.getResourceAsStream(SUMMARIES)),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
      return texts;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
