package io.assay.web.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Sends lists for spreadsheets, whole, a part at a time: no more than a part is in memory, and no
 * transaction is open while it is sent. A few at once, so that pages keep connections to the
 * database.
 */
@Component
public final class CsvFiles {
  /** Rows that are asked for at once. */
  public static final int PART = 1_000;

  private static final int AT_ONCE = 4;

  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * Answers with a file.
   *
   * @param name of the file, such as {@code violations.csv}
   * @param head names of the columns
   * @throws Refused where too many are sent at once, or as the first part is
   * @throws IOException where whoever asked has gone
   */
  public <P> void send(
      HttpServletResponse response, String name, List<String> head, CsvParts.Source<P> source)
      throws IOException {
    if (!free.tryAcquire()) {
      throw new Refused(
          HttpStatus.SERVICE_UNAVAILABLE,
          "%d lists are exported just now; try again in a moment".formatted(AT_ONCE));
    }
    try {
      var parts = new CsvParts<>(source, CsvParts.Limits.USUAL);
      // Before the answer begins: what cannot be read at all is told as an error.
      CsvParts.Part<P> first = source.after(Optional.empty());
      response.setContentType("text/csv;charset=UTF-8");
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename(name).build().toString());
      Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8));
      parts.write(head, first, out);
      out.flush();
    } finally {
      free.release();
    }
  }
}
