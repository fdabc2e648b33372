package dev.depslim.image.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of the files in an archive or a layout.
final class BlobNames {
  private static final Pattern DIGEST = Pattern.compile("([a-z0-9+._-]+):([a-zA-Z0-9=_-]+)");

  private BlobNames() {}

  /// A name without `./`, `..` and a leading `/`; never above the top.
  static String clean(String name) {
    if (!name.contains("//") && !name.contains("./") && !name.startsWith("/")) {
      return name;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /// What a symbolic link in an archive leads to.
  static String follow(String link, String target) {
    int slash = link.lastIndexOf('/');
    return clean(
        target.startsWith("/") || slash < 0 ? target : link.substring(0, slash + 1) + target);
  }

  /// The file of a digest in an OCI layout, or null where it is no digest.
  static @Nullable String ofDigest(@Nullable String digest) {
    if (digest == null) {
      return null;
    }
    var matcher = DIGEST.matcher(digest);
    return matcher.matches() ? "blobs/" + matcher.group(1) + "/" + matcher.group(2) : null;
  }
}
