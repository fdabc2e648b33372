package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonCursor;
import java.util.HashSet;
import java.util.Set;

/// `node_modules/.package-lock.json`: what npm 7 and later remembers of the tree that it installed.
final class HiddenLockfile {
  private HiddenLockfile() {}

  /// Paths, such as `node_modules/a`, of packages that are there for development only.
  ///
  /// @throws dev.depslim.syntax.SyntaxException where it is not JSON
  static Set<String> development(byte[] content) {
    Set<String> paths = new HashSet<>();
    try (JsonCursor json = JsonCursor.over(content)) {
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        if (!field.equals("packages")) {
          json.skip();
          continue;
        }
        for (String path = json.enterObject(); path != null; path = json.nextName()) {
          if (isDevelopment(json)) {
            paths.add(path);
          }
        }
      }
    }
    return paths;
  }

  private static boolean isDevelopment(JsonCursor json) {
    boolean development = false;
    for (String field = json.enterObject(); field != null; field = json.nextName()) {
      if (field.equals("dev")) {
        development = json.flag();
      } else {
        json.skip();
      }
    }
    return development;
  }
}
