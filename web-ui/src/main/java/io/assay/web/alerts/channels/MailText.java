package io.assay.web.alerts.channels;

import io.assay.web.alerts.NoticeAlert;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/**
 * What a mail says, as text and as HTML. {@link #PICTURE} is the content id of the picture that is
 * attached inline.
 */
record MailText(String subject, String plain, String html) {
  static final String PICTURE = "violation";

  /** More is no message to a person; the page has them all. */
  private static final int MOST_ALERTS = 20;

  private static final int MOST_SENTENCE = 1000;
  private static final int MOST_SUBJECT = 150;

  static MailText of(Shown shown, boolean picture) {
    // A line end would begin another header.
    String subject = "[Assay] " + shown.headline().replaceAll("\\s+", " ");
    return new MailText(
        SlackMessage.cut(subject, MOST_SUBJECT), plain(shown), html(shown, picture));
  }

  private static List<NoticeAlert> told(Shown shown) {
    return shown.notice().alerts().stream().limit(MOST_ALERTS).toList();
  }

  private static String sentence(NoticeAlert alert) {
    return SlackMessage.cut(Shown.sentence(alert), MOST_SENTENCE);
  }

  private static String rest(Shown shown) {
    int more = Math.max(0, shown.notice().alerts().size() - MOST_ALERTS) + shown.notice().leftOut();
    return more > 0 ? "and %,d more".formatted(more) : "";
  }

  private static String plain(Shown shown) {
    var text = new StringBuilder(shown.headline()).append("\n\n");
    for (NoticeAlert alert : told(shown)) {
      text.append(Shown.name(alert)).append(": ").append(sentence(alert)).append('\n');
      text.append(Shown.details(alert)).append('\n');
      text.append(shown.link(alert)).append("\n\n");
    }
    text.append(rest(shown)).append("\n-- \nroute ").append(shown.notice().route()).append('\n');
    return text.toString();
  }

  private static String html(Shown shown, boolean picture) {
    var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
    String colour = shown.test() ? "#56687a" : shown.firing() ? "#c2331a" : "#1d7a46";
    html.append("<h2 style=\"color:%s\">%s</h2>".formatted(colour, escaped(shown.headline())));
    for (NoticeAlert alert : told(shown)) {
      String link = shown.link(alert);
      String name = "<b>" + escaped(Shown.name(alert)) + "</b>";
      html.append("<p>")
          .append(link.isEmpty() ? name : "<a href=\"" + escaped(link) + "\">" + name + "</a>")
          .append(' ')
          .append(escaped(sentence(alert)))
          .append("<br><small>")
          .append(escaped(Shown.details(alert)))
          .append("</small></p>");
    }
    if (picture) {
      html.append("<p><img src=\"cid:" + PICTURE + "\" alt=\"The violation\" width=\"800\"></p>");
    }
    html.append("<p>").append(escaped(rest(shown))).append("</p><p><small>route ");
    return html.append(escaped(shown.notice().route()))
        .append("</small></p></body></html>")
        .toString();
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text);
  }
}
