package io.assay.web.labels;

import java.util.Collection;
import java.util.TreeSet;

/** The labelling interface of a Label Studio project, as its XML. */
final class LabelStudioConfig {
  /** What answers are called, in tasks and in what comes back. */
  static final String VERDICT = "verdict";

  static final String BOXES = "boxes";
  static final String VIDEO_BOXES = "box";
  static final String VIDEO_LABELS = "kinds";
  static final String CORRECTION = "correction";

  private LabelStudioConfig() {}

  /** What tasks of a medium hold for people to look at: the name of the control and of the data. */
  static String object(Medium medium) {
    return switch (medium) {
      case IMAGE -> "image";
      case VIDEO -> "video";
      case TABLE -> "record";
    };
  }

  /**
   * The whole interface.
   *
   * @param kinds classes of boxes that can be chosen
   */
  static String xml(Medium medium, Collection<String> kinds, VideoTiming timing) {
    String object = object(medium);
    String shown =
        switch (medium) {
          case IMAGE ->
              """
                <Image name="image" value="$image" zoom="true"/>
                <RectangleLabels name="boxes" toName="image">
              %s  </RectangleLabels>
              """
                  .formatted(labels(kinds));
          case VIDEO ->
              """
                <Video name="video" value="$video" frameRate="%s"/>
                <VideoRectangle name="box" toName="video"/>
                <Labels name="kinds" toName="video">
              %s  </Labels>
              """
                  .formatted(number(timing.framesPerSecond()), labels(kinds));
          case TABLE ->
              """
                <Table name="record" value="$record"/>
                <TextArea name="correction" toName="record" editable="true" maxSubmissions="1"/>
              """;
        };
    return "<View>\n  <Header value=\"$about\"/>\n"
        + shown
        + """
          <Choices name="verdict" toName="%s" choice="single" showInline="true">
            <Choice value="error" hotkey="1"/>
            <Choice value="no-error" hotkey="2"/>
            <Choice value="unclear" hotkey="3"/>
          </Choices>
        """
            .formatted(object)
        + "</View>\n";
  }

  private static String labels(Collection<String> kinds) {
    var lines = new StringBuilder();
    for (String kind : new TreeSet<>(kinds)) {
      lines.append("    <Label value=\"").append(escaped(named(kind))).append("\"/>\n");
    }
    return lines.toString();
  }

  /** Boxes without a class need a label all the same. */
  static String named(String kind) {
    return kind.isEmpty() ? "object" : kind;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\r", "&#13;")
        .replace("\t", "&#9;")
        .replaceAll("[\\x00-\\x1F\\uFFFE\\uFFFF\\p{Cs}]", "\uFFFD");
  }
}
