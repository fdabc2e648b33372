package dev.depslim.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header `Content-Range` (RFC 9110, section 14.4), such as `bytes 100-199/1000`.
final class ContentRange {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private ContentRange() {}

  /// Where the part begins and how long the file is; -1 for what is not said.
  static long[] of(@Nullable String header) {
    Matcher matcher = FORM.matcher(header == null ? "" : header.strip());
    if (!matcher.matches()) {
      return new long[] {-1, -1};
    }
    return new long[] {
      Long.parseLong(matcher.group(1)),
      matcher.group(2).equals("*") ? -1 : Long.parseLong(matcher.group(2))
    };
  }
}
