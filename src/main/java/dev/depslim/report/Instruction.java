package dev.depslim.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The instruction of a Dockerfile as the history of an image has it, without what builders add.
final class Instruction {
  private static final Pattern BUILDKIT = Pattern.compile("\\s*# buildkit$");

  /// `|2 A=b C=d` are the build arguments of a RUN.
  private static final Pattern SHELL =
      Pattern.compile(
          "^(?:RUN )?(?:\\|\\d+ (?:\\S+=.*? )??)?/bin/(?:ba)?sh (?:-\\w+ (?:pipefail )?)*?-\\w*c ");

  private static final String NOP = "#(nop) ";

  private Instruction() {}

  /// Such as `RUN apt-get update` for `RUN /bin/sh -c apt-get update # buildkit`.
  ///
  /// @param createdBy as the history has it; null where it does not tell
  static String text(@Nullable String createdBy) {
    if (createdBy == null || createdBy.isBlank()) {
      return "the history does not tell";
    }
    String text = BUILDKIT.matcher(createdBy.strip().replaceAll("\\s+", " ")).replaceFirst("");
    Matcher shell = SHELL.matcher(text);
    if (!shell.find()) {
      return text;
    }
    String command = text.substring(shell.end()).strip();
    return command.startsWith(NOP.strip())
        ? command.substring(NOP.length() - 1).strip()
        : "RUN " + command;
  }
}
