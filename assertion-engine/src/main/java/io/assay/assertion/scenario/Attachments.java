package io.assay.assertion.scenario;

import java.io.IOException;
import java.io.InputStream;

/** Opens the files that tests name; the engine itself reads none. */
@FunctionalInterface
public interface Attachments {
  /**
   * @param ruleFile the name of the source that the test stands in
   * @param name the file as the test names it, beside that source
   */
  InputStream open(String ruleFile, String name) throws IOException;
}
