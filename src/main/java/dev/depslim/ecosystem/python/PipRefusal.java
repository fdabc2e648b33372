package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.TrialInstall.Untried;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why pip refuses a requirement file: what its errors say, and what the index says where they
/// leave it open.
///
/// @param message in one sentence; null where the errors alone tell it
/// @param requiredPython what Python the only fitting versions ask for; null for any other reason
/// @param noWheel packages that the index has, but not as wheels that fit
record PipRefusal(
    @Nullable String message, @Nullable String requiredPython, List<Untried> noWheel) {
  PipRefusal {
    noWheel = List.copyOf(noWheel);
  }

  private static final Pattern NOT_FOUND =
      Pattern.compile("No matching distribution found for ([^\\n]+)");
  private static final Pattern NEEDED_BY =
      Pattern.compile("satisfies the requirement [^\\n(]+ \\(from (?!versions:)([^)]+)\\)");
  private static final Pattern OTHER_FILE =
      Pattern.compile(
          "DO NOT MATCH THE HASHES[^\\n]*\\n\\s*(\\S+)(?: from (\\S+))?", Pattern.DOTALL);
  private static final Pattern NEEDS = Pattern.compile("(?m) depends on ([^;\\n]+)");
  private static final int MOST = 12;
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^Available versions: (.+)$");

  static PipRefusal of(
      PipProgram pip, List<String> indexOptions, String output, Programs programs) {
    Matcher other = OTHER_FILE.matcher(output);
    if (other.find()) {
      String url = other.group(2);
      return new PipRefusal(
          "pip refuses it: no hash of "
              + other.group(1)
              + " is that of "
              + (url == null ? "the file that it found" : Archives.fileName(url)),
          null,
          List.of());
    }
    String text = null;
    Matcher found = NOT_FOUND.matcher(output);
    while (found.find()) {
      text = found.group(1);
    }
    Requirement wanted = text == null ? null : requirement(text);
    return wanted == null
        ? conflict(pip, indexOptions, output, programs)
        : of(pip, indexOptions, wanted, output, programs);
  }

  /// Where pip tries one version after another in vain, what one of them needs may have no wheel.
  private static PipRefusal conflict(
      PipProgram pip, List<String> indexOptions, String output, Programs programs) {
    Map<String, Requirement> needed = new TreeMap<>();
    Matcher line = NEEDS.matcher(output);
    while (line.find()) {
      Requirement one = requirement(line.group(1).replace(" and ", ","));
      if (one != null && needed.size() < MOST) {
        needed.putIfAbsent(one.normalizedName(), one);
      }
    }
    List<Untried> noWheel = new ArrayList<>();
    for (Requirement one : needed.values()) {
      List<String> ask = new ArrayList<>(List.of("--dry-run", "--no-deps", "--ignore-installed"));
      ask.addAll(List.of("--only-binary", ":all:"));
      ask.addAll(pip.installOptions());
      ask.addAll(indexOptions);
      ask.add(one.name() + one.specifier());
      if (programs.answer(pip.run("install", ask), pip.environment()) == null) {
        noWheel.addAll(of(pip, indexOptions, one, "", programs).noWheel());
      }
    }
    return new PipRefusal(null, null, noWheel);
  }

  private static @Nullable Requirement requirement(String text) {
    int end = text.indexOf(" (");
    try {
      return Requirement.parse(Text.strip(end < 0 ? text : text.substring(0, end)));
    } catch (RequirementSyntaxException _) {
      return null;
    }
  }

  private static PipRefusal of(
      PipProgram pip,
      List<String> indexOptions,
      Requirement wanted,
      String output,
      Programs programs) {
    String python = pip.python() == null ? "this Python" : "Python " + pip.python();
    String what = wanted.name() + wanted.specifier();
    Matcher from = NEEDED_BY.matcher(output);
    String by =
        from.find() && !from.group(1).startsWith("-r ")
            ? ", which " + from.group(1) + " needs,"
            : "";
    String version = best(wanted, versions(pip, indexOptions, wanted.name(), List.of(), programs));
    if (version != null) {
      return new PipRefusal(
          "pip refuses it: "
              + wanted.name()
              + " "
              + version
              + by
              + " has no wheel for "
              + python
              + " on this machine, and --only-binary :all: builds none",
          null,
          List.of(
              new Untried(
                  wanted.normalizedName(),
                  version,
                  "no wheel for " + python + " on this machine: pip builds it")));
    }
    List<String> others =
        versions(pip, indexOptions, wanted.name(), List.of("--ignore-requires-python"), programs);
    String other = best(wanted, others);
    if (other != null) {
      Matcher asks =
          Pattern.compile("[ ;]" + Pattern.quote(other) + " Requires-Python ([^;\\n]+)")
              .matcher(output);
      String required = asks.find() ? asks.group(1).strip() : null;
      return new PipRefusal(
          "pip refuses it: "
              + wanted.name()
              + " "
              + other
              + by
              + " is not for "
              + python
              + (required == null ? "" : ": it asks for " + required),
          required,
          List.of());
    }
    return new PipRefusal(
        "pip refuses it: "
            + (others.isEmpty()
                ? "it finds no " + what + by
                : "the index has no version of " + what + by)
            + " for "
            + python,
        null,
        List.of());
  }

  /// What the index has of a package in any form, the newest first; empty where that is not told.
  private static List<String> versions(
      PipProgram pip,
      List<String> indexOptions,
      String name,
      List<String> more,
      Programs programs) {
    List<String> arguments = new ArrayList<>(List.of("versions", name, "--pre"));
    arguments.addAll(more);
    arguments.addAll(indexOptions);
    String answer = programs.answer(pip.run("index", arguments), pip.environment());
    Matcher versions = AVAILABLE.matcher(answer == null ? "" : answer);
    return versions.find() ? List.of(versions.group(1).strip().split(",\\s*")) : List.of();
  }

  private static @Nullable String best(Requirement wanted, List<String> versions) {
    String preRelease = null;
    for (String text : versions) {
      Version version = Version.parse(text);
      if (version != null && wanted.specifier().contains(text, true)) {
        if (!version.isPreRelease()) {
          return text;
        }
        preRelease = preRelease == null ? text : preRelease;
      }
    }
    return preRelease;
  }
}
