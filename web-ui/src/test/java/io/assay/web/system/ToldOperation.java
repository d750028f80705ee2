package io.assay.web.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** An operation as the document of the API tells of it; {@code method} in capitals. */
record ToldOperation(String method, String path, JsonNode json) {
  static List<ToldOperation> of(JsonNode document) {
    var all = new ArrayList<ToldOperation>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        one ->
                            all.add(
                                new ToldOperation(
                                    one.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    one.getValue()))));
    return all;
  }

  /** Such as {@code GET /api/v1/projects/{project}/labels}. */
  String name() {
    return method + " " + path;
  }

  /** Its parameters of one place: {@code path} or {@code query}. */
  List<JsonNode> parameters(String in) {
    return json.path("parameters")
        .valueStream()
        .filter(one -> one.path("in").asString().equals(in))
        .toList();
  }
}
