package io.assay.web.alerts.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends one mail, once. */
final class MailChannel {
  private final JavaMailSender server;

  MailChannel(JavaMailSender server) {
    this.server = server;
  }

  /**
   * Sends it.
   *
   * @param id of the delivery
   * @param message the same for each attempt, and no other mail's: mail servers and readers drop
   *     what has the id of one that they have
   * @param thread the same for all notices of a group, so that readers show them together
   * @param picture a PNG
   */
  Outcome send(
      Destination.Mailbox box,
      MailText text,
      String id,
      String message,
      String thread,
      Optional<byte[]> picture) {
    try {
      MimeMessage mail = server.createMimeMessage();
      var helper =
          new MimeMessageHelper(mail, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, UTF_8.name());
      helper.setFrom(box.from());
      helper.setTo(box.to());
      helper.setSubject(text.subject());
      helper.setText(text.plain(), text.html());
      if (picture.isPresent()) {
        helper.addInline(
            MailText.PICTURE,
            MailText.PICTURE + ".png",
            new ByteArrayResource(picture.get()),
            "image/png");
      }
      String host = box.from().getAddress().replaceFirst(".*@", "");
      mail.setHeader("Message-ID", "<assay-%s@%s>".formatted(message, host));
      mail.setHeader("References", "<assay-group-%s@%s>".formatted(thread, host));
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setHeader("X-Assay-Delivery", id);
      server.send(mail);
      return new Outcome.Delivered();
    } catch (MailAuthenticationException unknown) {
      return new Outcome.Later(
          "the mail server does not take spring.mail.username and its password", Optional.empty());
    } catch (MailException failure) {
      return failed(failure);
    } catch (MessagingException broken) {
      return new Outcome.Dead("the mail could not be put together");
    }
  }

  /** By the mail server's answer: 5xx is for good (RFC 5321, 4.2.1). */
  private static Outcome failed(MailException failure) {
    OptionalInt answer = answer(failure);
    if (answer.isEmpty()) {
      return new Outcome.Later("the mail server was not reached", Optional.empty());
    }
    String why = "the mail server answered " + answer.getAsInt();
    return answer.getAsInt() >= 500
        ? new Outcome.Dead(why)
        : new Outcome.Later(why, Optional.empty());
  }

  /** The first answer in what was thrown; exceptions of mail have two kinds of causes. */
  private static OptionalInt answer(MailException thrown) {
    Deque<Throwable> left = new ArrayDeque<>();
    left.add(thrown);
    for (int looked = 0; !left.isEmpty() && looked < 50; looked++) {
      Throwable one = left.remove();
      switch (one) {
        case SMTPAddressFailedException refused -> {
          return OptionalInt.of(refused.getReturnCode());
        }
        case SMTPSenderFailedException refused -> {
          return OptionalInt.of(refused.getReturnCode());
        }
        case SMTPSendFailedException refused when refused.getReturnCode() > 0 -> {
          return OptionalInt.of(refused.getReturnCode());
        }
        case MailSendException sent -> {
          for (Exception each : sent.getMessageExceptions()) {
            left.add(each);
          }
        }
        default -> {}
      }
      add(left, one.getCause());
      add(left, one instanceof MessagingException chained ? chained.getNextException() : null);
    }
    return OptionalInt.empty();
  }

  private static void add(Deque<Throwable> left, @Nullable Throwable next) {
    if (next != null) {
      left.add(next);
    }
  }
}
