package io.assay.web.labels.webhook;

import static io.assay.web.system.CsvText.text;

import io.assay.web.labels.webhook.Deliveries.Delivery;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What the webhook was to send, for spreadsheets. */
@Page
class WebhookFiles {
  private static final List<String> COLUMNS =
      List.of("created", "event", "round", "status", "attempts", "trouble", "number");

  private final Deliveries deliveries;
  private final CsvFiles files;

  WebhookFiles(Deliveries deliveries, CsvFiles files) {
    this.deliveries = deliveries;
    this.files = files;
  }

  @GetMapping("/p/{project}/labels/deliveries.csv")
  void deliveries(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<Long>send(
        response,
        "webhook-deliveries.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                deliveries.newest(project, after.orElse(Long.MAX_VALUE), CsvFiles.PART),
                CsvFiles.PART,
                WebhookFiles::cells,
                Delivery::id));
  }

  private static List<String> cells(Delivery one) {
    return List.of(
        one.created().toString(),
        one.event(),
        text(one.subject()),
        one.status().name().toLowerCase(Locale.ROOT),
        Integer.toString(one.attempts()),
        text(one.trouble()),
        Long.toString(one.id()));
  }
}
