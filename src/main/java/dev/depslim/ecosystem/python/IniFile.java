package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An INI file as Python's `configparser` reads it: `[section]`, `name = value` or `name: value`,
/// further lines of a value indented deeper than its name, comments in lines of their own.
///
/// @param options in the order of the file, those with a value
/// @param problems lines that are nothing of this
record IniFile(List<Option> options, List<Problem> problems) {
  /// A value.
  ///
  /// @param name in lower case
  /// @param line where the name stands
  /// @param lines the lines of the value without blank ones and comments
  record Option(String section, String name, int line, List<Line> lines) {}

  /// A line of a value, without the white space around it.
  record Line(String text, int number, int column) {}

  /// A line that cannot be read.
  record Problem(int line, String message) {}

  static IniFile parse(RequirementsText text) {
    Reading reading = new Reading();
    int number = 0;
    for (String line : text.lines()) {
      reading.line(line, ++number);
    }
    return new IniFile(reading.options, reading.problems);
  }

  /// One file while it is read.
  private static final class Reading {
    private final List<Option> options = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> sections = new HashMap<>();

    /// Lines of the options by section and name.
    private final Map<String, Integer> named = new HashMap<>();

    private String section = "";
    private List<Line> value = new ArrayList<>();
    private int nameIndent = -1;

    void line(String line, int number) {
      String text = Text.strip(line);
      if (text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == ';') {
        return;
      }
      int indent = 0;
      while (Text.isSpace(line.charAt(indent))) {
        indent++;
      }
      if (nameIndent >= 0 && indent > nameIndent) {
        value.add(new Line(text, number, indent + 1));
        return;
      }
      if (text.charAt(0) == '[') {
        int close = text.lastIndexOf(']');
        if (close < 0) {
          problems.add(new Problem(number, "'" + text + "' is no section: close it with ']'"));
          return;
        }
        section = text.substring(1, close);
        nameIndent = -1;
        Integer earlier = sections.putIfAbsent(section, number);
        if (earlier != null) {
          problems.add(
              new Problem(
                  number,
                  "the section ["
                      + section
                      + "] stands in line "
                      + earlier
                      + " already, configparser stops here: write it once"));
        }
        return;
      }
      option(text, number, indent);
    }

    private void option(String text, int number, int indent) {
      int split = 0;
      while (split < text.length() && text.charAt(split) != '=' && text.charAt(split) != ':') {
        split++;
      }
      if (split == text.length() || split == 0 || section.isEmpty()) {
        nameIndent = -1;
        problems.add(
            new Problem(
                number,
                section.isEmpty()
                    ? "'" + text + "' stands in no section: write it below a [section]"
                    : "'"
                        + text
                        + "' is no 'name = value': indent it where it belongs to a value"));
        return;
      }
      String name = Text.strip(text.substring(0, split)).toLowerCase(Locale.ROOT);
      Integer earlier = named.putIfAbsent(section + "\0" + name, number);
      if (earlier != null) {
        problems.add(
            new Problem(
                number,
                "'"
                    + name
                    + "' stands in line "
                    + earlier
                    + " already, configparser stops here: write it once"));
      }
      value = new ArrayList<>();
      nameIndent = indent;
      int from = split + 1;
      while (from < text.length() && Text.isSpace(text.charAt(from))) {
        from++;
      }
      if (from < text.length()) {
        value.add(new Line(text.substring(from), number, indent + from + 1));
      }
      options.add(new Option(section, name, number, value));
    }
  }
}
