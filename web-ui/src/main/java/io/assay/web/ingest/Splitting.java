package io.assay.web.ingest;

import io.assay.stream.ingest.JsonBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Takes bodies apart into events, byte for byte as they stand there. */
final class Splitting {
  private final int mostEvents;

  Splitting(int mostEvents) {
    this.mostEvents = mostEvents;
  }

  /** One event, or those of an array. What is in them is not looked at. */
  List<Submitted> json(byte[] body) {
    if (!isArray(body)) {
      return List.of(new Submitted(1, body, null));
    }
    List<Submitted> events = new ArrayList<>();
    try (JsonParser parser = JsonBytes.parser(body)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = JsonBytes.start(parser);
        add(events, events.size() + 1, Arrays.copyOfRange(body, start, JsonBytes.skip(parser)));
      }
      if (parser.nextToken() != null) {
        throw broken("needed the end after the array at byte " + JsonBytes.start(parser));
      }
    } catch (JacksonException failure) {
      throw broken(JsonBytes.why(failure));
    }
    return events;
  }

  /** Blank lines are none; those that cannot be read are events all the same. */
  List<Submitted> lines(byte[] body) {
    List<Submitted> events = new ArrayList<>();
    int line = 1;
    int from = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int to = i > from && body[i - 1] == '\r' ? i - 1 : i;
        if (!isBlank(body, from, to)) {
          add(events, line, Arrays.copyOfRange(body, from, to));
        }
        from = i + 1;
        line++;
      }
    }
    return events;
  }

  void add(List<Submitted> events, int position, byte[] payload) {
    requireRoom(events.size());
    events.add(new Submitted(position, payload, null));
  }

  void requireRoom(int events) {
    if (events >= mostEvents) {
      throw new RequestRefused(
          HttpStatus.CONTENT_TOO_LARGE,
          "a request has at most %d events; send several".formatted(mostEvents));
    }
  }

  private static RequestRefused broken(String why) {
    return new RequestRefused(HttpStatus.BAD_REQUEST, "the body is not JSON: " + why);
  }

  private static boolean isArray(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '[';
      }
    }
    return false;
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
