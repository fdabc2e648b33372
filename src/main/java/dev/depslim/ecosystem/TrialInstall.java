package dev.depslim.ecosystem;

import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run of the real package manager in a scratch folder.
///
/// @param title for people, such as `npm ci --omit=dev`
/// @param command the program and its arguments
/// @param files names in the scratch folder, each with the name of the file of the slim form that
///   is copied there
/// @param originals names in the scratch folder, each with the path of a file of the analysed tree
///   that is copied there, such as a local archive
/// @param made files that are made for the trial alone, by their names in the scratch folder; they
///   take the place of others of the same name
/// @param environment variables that are set for the run
/// @param runtime version of the run time that it is made for, such as `3.12`; null where that is
///   the one of the machine or is not known
/// @param expected what this run must install; null for all that the form installs
/// @param untried what the run leaves out, sorted by name
public record TrialInstall(
    String title,
    List<String> command,
    Map<String, String> files,
    Map<String, String> originals,
    List<SlimFile> made,
    Map<String, String> environment,
    @Nullable String runtime,
    @Nullable Expected expected,
    List<Untried> untried) {
  public TrialInstall {
    command = List.copyOf(command);
    files = Map.copyOf(files);
    originals = Map.copyOf(originals);
    made = List.copyOf(made);
    environment = Map.copyOf(environment);
    untried = List.copyOf(untried);
  }

  /// A run that tries the whole form.
  public TrialInstall(
      String title,
      List<String> command,
      Map<String, String> files,
      Map<String, String> originals,
      Map<String, String> environment) {
    this(title, command, files, originals, List.of(), environment, null, null, List.of());
  }

  /// What must be installed.
  ///
  /// @param complete whether it is everything
  /// @param built names of those that the package manager has to build
  public record Expected(List<Installed> installs, boolean complete, Set<String> built) {
    public Expected {
      installs = List.copyOf(installs);
      built = Set.copyOf(built);
    }

    /// Packages of which none is known to be built.
    public Expected(List<Installed> installs, boolean complete) {
      this(installs, complete, Set.of());
    }
  }

  /// What cannot be tried without running code of a package.
  ///
  /// @param name of the package or folder
  /// @param version null where nothing tells it
  /// @param reason half a sentence
  public record Untried(String name, @Nullable String version, String reason) {
    /// Name and version.
    public String what() {
      return version == null ? name : name + " " + version;
    }
  }

  /// What a refusal means.
  ///
  /// @param message the reason in one sentence; null where the output alone tells it
  /// @param again the same without what cannot be tried; null where the refusal stands
  public record Refusal(@Nullable String message, @Nullable TrialInstall again) {
    /// Nothing more is known.
    public static final Refusal PLAIN = new Refusal(null, null);
  }
}
