package dev.depslim.report;

/// Command lines to copy.
final class Commands {
  private Commands() {}

  /// The path as the last argument, with a space before it; nothing for the current folder.
  static String path(String root) {
    return root.equals(".") || root.isEmpty() ? "" : " " + quoted(root);
  }

  /// The argument, quoted for a shell where it has to be.
  static String quoted(String argument) {
    boolean plain =
        !argument.isEmpty()
            && argument
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "-._/@:+,~".indexOf(c) >= 0);
    return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
