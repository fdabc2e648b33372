package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the longest version of PEP 440 (appendix B) from the front of a text.
final class VersionScanner {
  private static final String[] PRE = {"alpha", "a", "beta", "b", "preview", "pre", "c", "rc"};
  private static final String[] POST = {"post", "rev", "r"};
  private static final String[] DEV = {"dev"};

  private final String text;
  private final int end;
  private int at;
  private String epoch = "0";
  private final List<String> release = new ArrayList<>(4);
  private @Nullable String preKind;
  private @Nullable String pre;
  private @Nullable String post;
  private @Nullable String dev;
  private @Nullable String local;

  VersionScanner(String text, int start, int end) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  /// Where the version ends.
  int position() {
    return at;
  }

  /// How many numbers the release has.
  int releaseSize() {
    return release.size();
  }

  /// Whether nothing stands behind the release.
  boolean isReleaseOnly() {
    return preKind == null && post == null && dev == null && local == null;
  }

  Version version() {
    return new Version(epoch, release, preKind, pre, post, dev, local);
  }

  /// Whether there is a version.
  ///
  /// @param withLocal whether a local label belongs to it
  boolean scan(boolean withLocal) {
    if (at < end && (text.charAt(at) == 'v' || text.charAt(at) == 'V')) {
      at++;
    }
    String first = digits();
    if (first.isEmpty()) {
      return false;
    }
    if (at < end && text.charAt(at) == '!' && at + 1 < end && Text.isDigit(text.charAt(at + 1))) {
      epoch = Version.number(first);
      at++;
      first = digits();
    }
    release.add(Version.number(first));
    while (at + 1 < end && text.charAt(at) == '.' && Text.isDigit(text.charAt(at + 1))) {
      at++;
      release.add(Version.number(digits()));
    }
    scanPre();
    scanPost();
    String devNumber = phase(DEV);
    if (devNumber != null) {
      dev = devNumber;
    }
    if (withLocal) {
      scanLocal();
    }
    return true;
  }

  private void scanPre() {
    int before = at;
    String number = phase(PRE);
    if (number != null) {
      int letter = isSeparator(text.charAt(before)) ? before + 1 : before;
      pre = number;
      preKind =
          switch (Character.toLowerCase(text.charAt(letter))) {
            case 'a' -> "a";
            case 'b' -> "b";
            default -> "rc";
          };
    }
  }

  private void scanPost() {
    if (at + 1 < end && text.charAt(at) == '-' && Text.isDigit(text.charAt(at + 1))) {
      at++;
      post = Version.number(digits());
      return;
    }
    post = phase(POST);
  }

  private void scanLocal() {
    int from = at + 1;
    if (at >= end || text.charAt(at) != '+') {
      return;
    }
    int to = from;
    while (to < end && Text.isLetterOrDigit(text.charAt(to))) {
      to++;
      if (to + 1 < end
          && isSeparator(text.charAt(to))
          && Text.isLetterOrDigit(text.charAt(to + 1))) {
        to++;
      }
    }
    if (to > from) {
      local = Version.normalizeLocal(text.substring(from, to));
      at = to;
    }
  }

  /// `[-_.]?word[-_.]?[0-9]*`: the number, `0` where none is written, or null without a word.
  private @Nullable String phase(String[] words) {
    int from = at;
    if (from < end && isSeparator(text.charAt(from))) {
      from++;
    }
    for (String word : words) {
      if (from + word.length() <= end
          && text.regionMatches(true, from, word, 0, word.length())
          && isAscii(from, word.length())) {
        at = from + word.length();
        if (at < end && isSeparator(text.charAt(at))) {
          at++;
        }
        String digits = digits();
        return digits.isEmpty() ? "0" : Version.number(digits);
      }
    }
    return null;
  }

  private boolean isAscii(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  private String digits() {
    int from = at;
    while (at < end && Text.isDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.';
  }
}
