package dev.depslim.ecosystem.python;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Requirements of which only running something would tell a part, such as `app==` and the version
/// of another module. The part is [PythonValue#UNKNOWN] in the text.
final class PartlyKnown {
  private static final String CLAUSE = "(?:===|[=!~<>]=|[<>])[^,;\\]]*\uFFFC[^,;\\]]*";
  private static final Pattern VERSION = Pattern.compile(",\\s*" + CLAUSE + "|" + CLAUSE + ",?");
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

  private PartlyKnown() {}

  /// The requirement without the versions that are computed; null where more than those is.
  static @Nullable String known(String text) {
    String known = VERSION.matcher(text).replaceAll("");
    int url = known.indexOf('@');
    if (url > 0 && !known.substring(0, url).contains(PythonValue.UNKNOWN)) {
      return known.replace(PythonValue.UNKNOWN, "computed");
    }
    return known.contains(PythonValue.UNKNOWN) ? null : known;
  }

  /// A text in which `{…}` stands for what a tool fills in.
  static String ofTemplate(String text) {
    return BRACES.matcher(text).replaceAll(PythonValue.UNKNOWN);
  }

  /// The requirement as people read it.
  static String shown(String text) {
    return text.replace(PythonValue.UNKNOWN, "…").strip();
  }
}
