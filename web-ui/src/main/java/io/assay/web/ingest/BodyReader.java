package io.assay.web.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Reads a request's body, unpacked, up to a limit: a small body that unpacks to a large one is cut
 * off.
 */
final class BodyReader {
  private static final int CHUNK = 64 * 1024;

  private final int limit;

  BodyReader(long limit) {
    this.limit = Math.toIntExact(limit);
  }

  byte[] read(HttpServletRequest request, InFlight.Lease lease) {
    long announced = request.getContentLengthLong();
    if (announced > limit) {
      throw tooLarge();
    }
    lease.requireRoom(Math.max(0, announced));
    try (InputStream in = unpacked(request)) {
      return read(in, lease);
    } catch (ZipException | EOFException broken) {
      throw new RequestRefused(
          HttpStatus.BAD_REQUEST, "the body is not gzip: " + broken.getMessage());
    } catch (IOException failure) {
      throw new RequestRefused(HttpStatus.BAD_REQUEST, "the body did not come whole");
    }
  }

  private static InputStream unpacked(HttpServletRequest request) throws IOException {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    String named = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (named) {
      case "", "identity" -> request.getInputStream();
      case "gzip", "x-gzip" -> new GZIPInputStream(request.getInputStream(), CHUNK / 8);
      default ->
          throw new RequestRefused(
                  HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                  "needed a Content-Encoding of gzip or none, got " + encoding)
              .header(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
    };
  }

  private byte[] read(InputStream in, InFlight.Lease lease) throws IOException {
    var body = new byte[CHUNK];
    int length = 0;
    while (true) {
      int read = in.read(body, length, body.length - length);
      if (read < 0) {
        return Arrays.copyOf(body, length);
      }
      lease.take(read);
      length += read;
      if (length > limit) {
        throw tooLarge();
      }
      if (length == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(limit + 1L, body.length * 2L));
      }
    }
  }

  private RequestRefused tooLarge() {
    return new RequestRefused(
        HttpStatus.CONTENT_TOO_LARGE,
        "a request has at most %d bytes, unpacked; send several".formatted(limit));
  }
}
