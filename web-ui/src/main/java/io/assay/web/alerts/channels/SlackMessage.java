package io.assay.web.alerts.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.assay.web.alerts.NoticeAlert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Slack is sent, by an incoming webhook or by {@code chat.postMessage}: block kit within its
 * limits.
 *
 * @param channel of {@code chat.postMessage}; a webhook has its own
 * @param text for notifications, and for what cannot show blocks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SlackMessage(@Nullable String channel, String text, List<Block> blocks) {
  static final int MOST_BLOCKS = 50;
  static final int MOST_TEXT = 3000;
  static final int MOST_HEADER = 150;
  static final int MOST_ADDRESS = 3000;
  static final int MOST_ALTERNATIVE = 2000;

  /** More is no message to a person; the page has them all. */
  static final int MOST_ALERTS = 10;

  /** Escaped, a letter may become five. */
  private static final int MOST_SENTENCE = 330;

  private static final int MOST_DETAILS = 200;

  /** A part of a message. */
  sealed interface Block {}

  record Header(String type, Text text) implements Block {}

  record Section(String type, Text text) implements Block {}

  /** {@code address}: Slack fetches it when the message comes. */
  record Image(
      String type,
      @JsonProperty("image_url") String address,
      @JsonProperty("alt_text") String alternative)
      implements Block {}

  record Context(String type, List<Text> elements) implements Block {}

  /** {@code type}: {@code plain_text} or {@code mrkdwn}. */
  record Text(String type, String text) {
    static Text plain(String text, int most) {
      return new Text("plain_text", cut(text, most));
    }

    static Text marked(String text) {
      return new Text("mrkdwn", cut(text, MOST_TEXT));
    }
  }

  /** {@code pictures}: false leaves a link in place of the picture. */
  static SlackMessage of(Shown shown, @Nullable String channel, boolean pictures) {
    var blocks = new ArrayList<Block>();
    blocks.add(new Header("header", Text.plain(sign(shown) + " " + shown.headline(), MOST_HEADER)));
    List<NoticeAlert> alerts = shown.notice().alerts();
    alerts.stream()
        .limit(MOST_ALERTS)
        .forEach(alert -> blocks.add(new Section("section", Text.marked(line(shown, alert)))));
    shown
        .picture()
        .filter(to -> to.length() <= MOST_ADDRESS)
        .ifPresent(to -> blocks.add(picture(shown, to, pictures)));
    int more = Math.max(0, alerts.size() - MOST_ALERTS) + shown.notice().leftOut();
    String end =
        (more > 0 ? "and %,d more · ".formatted(more) : "")
            + "route "
            + escaped(shown.notice().route());
    blocks.add(new Context("context", List.of(Text.marked(end))));
    return new SlackMessage(channel, cut(escaped(shown.headline()), MOST_TEXT), blocks);
  }

  private static Block picture(Shown shown, String to, boolean pictures) {
    String of = shown.pictured().map(Shown::sentence).orElse("The violation");
    return pictures
        ? new Image("image", to, cut(of, MOST_ALTERNATIVE))
        : new Section("section", Text.marked("<" + to + "|The violation as a picture>"));
  }

  private static String sign(Shown shown) {
    return shown.test() ? "🔧" : shown.firing() ? "🔴" : "🟢";
  }

  private static String line(Shown shown, NoticeAlert alert) {
    String name = escaped(Shown.name(alert));
    String link = shown.link(alert);
    return "*%s* %s\n%s"
        .formatted(
            link.isEmpty() ? name : "<" + link + "|" + name + ">",
            escaped(cut(Shown.sentence(alert), MOST_SENTENCE)),
            escaped(cut(Shown.details(alert), MOST_DETAILS)));
  }

  /** The three signs that mean something in Slack's texts. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
