package io.assay.web.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * A method and a pattern of addresses, and what answers, as the running application has them,
 * whoever registered them.
 */
record MappedEndpoint(String method, String pattern, HandlerMethod handler) {
  static List<MappedEndpoint> of(Installation here) {
    var found = new ArrayList<MappedEndpoint>();
    here.web()
        .running()
        .context()
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mapping ->
                mapping
                    .getHandlerMethods()
                    .forEach((info, handler) -> found.addAll(of(info, handler))));
    return found;
  }

  private static List<MappedEndpoint> of(RequestMappingInfo info, HandlerMethod handler) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .flatMap(
            pattern ->
                // Without a method it answers to all; errors are shown by GET.
                (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                    .stream().map(method -> new MappedEndpoint(method.name(), pattern, handler)))
        .toList();
  }

  /** Whether it answers at another port, to those who run the installation. */
  boolean isOfManagement() {
    return pattern.startsWith("/actuator");
  }

  boolean isApi() {
    return pattern.startsWith("/api/");
  }
}
