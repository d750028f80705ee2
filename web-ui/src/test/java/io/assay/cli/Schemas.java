package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Holds what commands write against the forms that are promised. */
final class Schemas {
  private static final Path DOCS = Path.of(System.getProperty("assay.root", ".."), "docs");

  private Schemas() {}

  static void assertValid(String schema, String json) throws IOException {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCS.resolve(schema)), InputFormat.JSON)
                .validate(json, InputFormat.JSON))
        .isEmpty();
  }

  static void assertIsJUnitXml(Path file) throws IOException, SAXException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(Schemas.class.getResource("/junit.xsd"))
        .newValidator()
        .validate(new StreamSource(file.toFile()));
  }
}
