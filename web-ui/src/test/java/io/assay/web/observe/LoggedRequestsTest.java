package io.assay.web.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LoggedRequestsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void whatIsLoggedOfARequestNamesProjectAndTrace() throws Exception {
    assertThat(during("/p/street/violations", "00-" + TRACE + "-b7ad6b7169203331-01"))
        .containsExactly("street", TRACE);
    assertThat(during("/api/v1/projects/street/events/camera", null))
        .containsExactly("street", "none");
    assertThat(during("/login", "odd")).containsExactly("none", "none");
    assertThat(during("/p/" + "x".repeat(65), null)).containsExactly("none", "none");
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  private static List<String> during(String path, @Nullable String traceparent) throws Exception {
    var request = new MockHttpServletRequest("GET", path);
    if (traceparent != null) {
      request.addHeader("traceparent", traceparent);
    }
    List<String> seen = new ArrayList<>();
    new LoggedRequests()
        .doFilter(
            request,
            new MockHttpServletResponse(),
            (asked, answered) -> {
              seen.add(said("project"));
              seen.add(said("trace.id"));
            });
    return seen;
  }

  private static String said(String name) {
    String value = MDC.get(name);
    return value == null ? "none" : value;
  }
}
