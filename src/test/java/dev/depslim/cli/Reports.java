package dev.depslim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.depslim.report.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Looks into reports in JSON, after holding them against the schema.
final class Reports {
  private Reports() {}

  private static JsonNode read(String report) {
    try {
      JsonNode json = Schemas.parse(report);
      List<String> errors = Schemas.errors("report.schema.json", json);
      if (!errors.isEmpty()) {
        throw new AssertionError(errors.toString());
      }
      return json;
    } catch (IOException e) {
      throw new AssertionError(report, e);
    }
  }

  static List<JsonNode> resolved(String report) {
    List<JsonNode> rows = new ArrayList<>();
    read(report).path("projects").forEach(project -> project.path("resolved").forEach(rows::add));
    return rows;
  }

  /// The `size` of a declared package.
  static JsonNode size(String report, String name) {
    for (JsonNode project : read(report).path("projects")) {
      for (JsonNode dependency : project.path("dependencies")) {
        if (dependency.path("name").asText().equals(name)) {
          return dependency.path("size");
        }
      }
    }
    throw new AssertionError(name + " is not in " + report);
  }

  static String issues(String report) {
    return read(report).path("issues").toString();
  }

  static List<String> messages(String report) {
    List<String> messages = new ArrayList<>();
    read(report).path("issues").forEach(issue -> messages.add(issue.path("message").asText()));
    return messages;
  }
}
