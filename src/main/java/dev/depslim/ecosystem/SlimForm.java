package dev.depslim.ecosystem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The slim form of a project: files that take the place of others, and what they install.
///
/// @param files by name, each once
/// @param installs what a production install of the form brings, sorted by name, version and path;
///   empty where nothing resolves it
/// @param complete whether `installs` is everything that is installed; false where no lock knows
///   the transitive packages
/// @param removed what a production install of the original brings and this one does not, the
///   packages of a development install not counted; empty where no lock knows
/// @param notes what the user must know, each one sentence
/// @param byFile what each file installs, where files are installed on their own; empty where all
///   make one install
public record SlimForm(
    List<SlimFile> files,
    List<Installed> installs,
    boolean complete,
    List<Installed> removed,
    List<String> notes,
    Map<String, TrialInstall.Expected> byFile) {
  /// A form whose files make one install.
  public SlimForm(
      List<SlimFile> files,
      List<Installed> installs,
      boolean complete,
      List<Installed> removed,
      List<String> notes) {
    this(files, installs, complete, removed, notes, Map.of());
  }

  public SlimForm {
    byFile = Map.copyOf(byFile);
    files = List.copyOf(files);
    installs = List.copyOf(installs);
    removed = List.copyOf(removed);
    notes = List.copyOf(notes);
  }

  /// One file of the form.
  ///
  /// @param name relative to the folder that is written for the project, with `/`
  /// @param replaces the file it takes the place of, relative to the analysed root; null for a file
  ///   that stands for itself
  /// @param usedAs the name under which the package manager reads it, relative as `name` is
  @SuppressWarnings("ArrayRecordComponent") // written once; never compared
  public record SlimFile(String name, byte[] content, @Nullable String replaces, String usedAs) {
    /// A file that is used under its own name.
    public SlimFile(String name, byte[] content, @Nullable String replaces) {
      this(name, content, replaces, name);
    }
  }

  /// An installed package.
  ///
  /// @param name the real package
  /// @param version null where the plan does not pin it
  /// @param path where it lies relative to the project, such as `node_modules/a`; null where the
  ///   ecosystem knows one place only
  /// @param mayBeAbsent whether another platform, or a failed optional install, may leave it out
  public record Installed(
      String name, @Nullable String version, @Nullable String path, boolean mayBeAbsent) {}
}
