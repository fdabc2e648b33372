package dev.depslim.ecosystem.node;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps one copy of texts that stand in a file again and again, such as versions.
final class SharedTexts {
  private final Map<String, String> known = new HashMap<>();

  /// The copy that was met first.
  @Nullable String shared(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String first = known.putIfAbsent(text, text);
    return first == null ? text : first;
  }
}
