package io.assay.web.labels;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A form in which labels go out. */
public enum ExportFormat {
  LABEL_STUDIO("application/zip", "zip"),
  COCO("application/json", "json"),
  CVAT("application/json", "json"),
  JSON_LINES("application/x-ndjson", "jsonl"),
  CSV("text/csv", "csv");

  private final String contentType;
  private final String extension;

  ExportFormat(String contentType, String extension) {
    this.contentType = contentType;
    this.extension = extension;
  }

  public String contentType() {
    return contentType;
  }

  /** Of the file, without a dot. */
  public String extension() {
    return extension;
  }

  /** As people write it: {@code label-studio}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ExportFormat> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /** How often the samples are read. */
  int readings() {
    return switch (this) {
      case LABEL_STUDIO, CVAT -> 2;
      case COCO, JSON_LINES, CSV -> 1;
    };
  }

  /**
   * Writes the samples, and leaves the stream open. What it holds does not grow with their number.
   *
   * @throws IOException where the stream or the disk cannot take it
   */
  public Exported write(ExportSamples samples, VideoTiming timing, OutputStream out)
      throws IOException {
    return switch (this) {
      case LABEL_STUDIO -> LabelStudioExport.write(samples, timing, out);
      case COCO -> CocoExport.write(samples, out);
      case CVAT -> CvatExport.write(samples, out);
      case JSON_LINES -> JsonLinesExport.write(samples, out);
      case CSV -> CsvExport.write(samples, out);
    };
  }
}
