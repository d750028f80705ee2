package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** To mail servers on this machine. */
class MailChannelTest {
  private static final MailText TEXT = new MailText("a subject", "plain words", "<b>words</b>");

  @Test
  void aMailHasTextHtmlAndThePictureInline() throws Exception {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      Outcome outcome = send(server.getSmtp().getPort(), Optional.of(new byte[] {1, 2, 3}));
      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("a subject");
      assertThat(mail.getMessageID()).isEqualTo("<assay-17-0.18c@example.org>");
      assertThat(mail.getHeader("References")).containsExactly("<assay-group-g1@example.org>");
      assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("to@b.org");
      assertThat(GreenMailUtil.getWholeMessage(mail))
          .contains("multipart/related", "multipart/alternative", "text/plain", "text/html")
          .contains("Content-ID: <violation>", "Content-Type: image/png", "AQID");
    } finally {
      server.stop();
    }
  }

  @Test
  void whatIsRefusedForGoodIsDeadAndTheRestIsTriedAgain() throws Exception {
    assertThat(sendTo("550 5.1.1 no such user"))
        .isEqualTo(new Outcome.Dead("the mail server answered 550"));
    assertThat(sendTo("451 4.7.1 try later"))
        .isEqualTo(new Outcome.Later("the mail server answered 451", Optional.empty()));
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThat(send(closed, Optional.empty()))
        .isEqualTo(new Outcome.Later("the mail server was not reached", Optional.empty()));
  }

  /** To a server that answers so when it hears whom a mail is to. */
  private static Outcome sendTo(String answer) throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> serve(socket, answer));
      Outcome outcome = send(socket.getLocalPort(), Optional.empty());
      server.join();
      return outcome;
    }
  }

  private static void serve(ServerSocket socket, String answer) {
    try (Socket client = socket.accept();
        InputStream in = client.getInputStream()) {
      say(client, "220 here");
      var line = new StringBuilder();
      for (int read = in.read(); read >= 0; read = in.read()) {
        line.append((char) read);
        if (read == '\n') {
          say(client, line.toString().startsWith("RCPT") ? answer : "250 yes");
          line.setLength(0);
        }
      }
    } catch (IOException gone) {
      // The client has heard enough.
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static Outcome send(int port, Optional<byte[]> picture) throws Exception {
    var sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    var box =
        new Destination.Mailbox(
            new InternetAddress("from@example.org"), new InternetAddress("to@b.org"));
    return new MailChannel(sender).send(box, TEXT, "17-0", "17-0.18c", "g1", picture);
  }
}
