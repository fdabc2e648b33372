package dev.depslim.ecosystem.debian;

import java.util.ArrayList;
import java.util.List;

/// Relationship fields (Debian policy, section 7.1): `a (>= 1) | b, c:any`.
final class Relations {
  private Relations() {}

  /// The names that a field asks for: each item is met by any one of its names. Versions,
  /// architectures and build profiles are left out: what is installed met them.
  static List<List<String>> parse(String field) {
    List<List<String>> groups = new ArrayList<>();
    for (String group : field.split(",", -1)) {
      List<String> names = new ArrayList<>();
      for (String alternative : group.split("\\|", -1)) {
        String name = name(alternative);
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
      if (!names.isEmpty()) {
        groups.add(names);
      }
    }
    return groups;
  }

  private static String name(String alternative) {
    String text = alternative.strip();
    int end = 0;
    while (end < text.length() && " \t(:[<".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }
}
