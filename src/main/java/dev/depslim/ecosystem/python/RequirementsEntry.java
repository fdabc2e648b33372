package dev.depslim.ecosystem.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one line of a requirement file says.
sealed interface RequirementsEntry {
  /// Number of the line, counted from 1.
  int line();

  /// Where in the line, counted from 1.
  int column();

  /// A package.
  ///
  /// @param name null where the line does not tell it (a URL, repository or folder)
  /// @param extras as written
  /// @param markerText the condition as written, or null
  /// @param url URL as written, or null
  /// @param path folder or archive relative to the analysed root, or null; `url` is null then
  /// @param accepted whether current pip takes the line; else a [Problem] of the same line says why
  ///   not, and this is what older versions read
  record Package(
      int line,
      int column,
      @Nullable String name,
      List<String> extras,
      VersionSpecifier specifier,
      @Nullable Marker marker,
      @Nullable String markerText,
      @Nullable String url,
      @Nullable String path,
      boolean editable,
      RequirementsOptions options,
      boolean accepted)
      implements RequirementsEntry {}

  /// `-r` or `-c`.
  ///
  /// @param path relative to the analysed root
  record Include(int line, int column, String path, boolean constraint)
      implements RequirementsEntry {}

  /// Options for all packages, such as an index.
  record Options(int line, int column, RequirementsOptions options) implements RequirementsEntry {}

  /// What cannot be read, or what pip passes over in silence.
  record Problem(int line, int column, Kind kind, String message) implements RequirementsEntry {}

  /// What is wrong.
  enum Kind {
    INVALID_REQUIREMENT,
    NOT_INSTALLABLE_PATH,
    OPTION,
    ENCODING,
    MISSING_FILE,
    MISSING_CONSTRAINT_FILE,
    OUTSIDE,
    CYCLE,
    /// Read as pip reads it, but probably not what was meant.
    IGNORED,
    /// A name was taken from a URL or path.
    GUESSED
  }
}
