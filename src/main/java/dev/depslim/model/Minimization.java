package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `minimize` makes of a tree: the plan, the files of each slim form, what was written and
/// what the package managers say of it.
///
/// @param target the folder that is written, as the user named it; null where nothing was asked for
/// @param results one for each project that a form was asked for, in the order of the plan
/// @param written files below the target, sorted; empty where nothing is written
/// @param verified one for each trial install; empty where none was asked for
public record Minimization(
    MinimizePlan plan,
    @Nullable String target,
    List<Result> results,
    List<Written> written,
    List<Verified> verified) {
  public Minimization {
    results = List.copyOf(results);
    written = List.copyOf(written);
    verified = List.copyOf(verified);
  }

  /// The result for a project of the plan, or null where none was asked for.
  public @Nullable Result result(MinimizePlan.ProjectPlan project) {
    for (Result result : results) {
      if (result.path().equals(project.path()) && result.ecosystem() == project.ecosystem()) {
        return result;
      }
    }
    return null;
  }

  /// The slim form of one project as reports need it.
  ///
  /// @param path folder of the project relative to the analysed root, `.` for the root itself
  /// @param files in the order of the form
  /// @param packages how many packages a production install of the form brings; null where no lock
  ///   knows
  /// @param removed what a production install brings no more, each name and version once, sorted
  /// @param commands with which a container installs it
  /// @param partOf path of the workspace whose form it is written with; null where it has its own
  /// @param refused why there is no form; null where there is one
  public record Result(
      String path,
      Ecosystem ecosystem,
      List<FileChange> files,
      @Nullable Integer packages,
      List<PackageVersion> removed,
      Saved saved,
      List<String> commands,
      List<String> notes,
      @Nullable String partOf,
      @Nullable String refused) {
    public Result {
      files = List.copyOf(files);
      removed = List.copyOf(removed);
      commands = List.copyOf(commands);
      notes = List.copyOf(notes);
    }
  }

  /// A package in one version.
  public record PackageVersion(String name, @Nullable String version) {}

  /// What the removed packages take.
  ///
  /// @param bytes null where not known
  /// @param basis where they were counted; null where not known
  /// @param reason why they are not known, or what the figure leaves out; null where there is
  ///   nothing to say
  public record Saved(@Nullable Long bytes, Size.@Nullable Basis basis, @Nullable String reason) {}

  /// A file of a slim form against what it takes the place of.
  ///
  /// @param path relative to the target
  /// @param replaces relative to the analysed root; null for a file that stands for itself
  /// @param lock whether it takes the place of a lock file
  /// @param difference from what it replaces, or from an empty file
  public record FileChange(
      String path,
      @Nullable String replaces,
      long bytes,
      boolean lock,
      LineDifference difference) {}

  /// How a file was written.
  ///
  /// @param path relative to the target
  /// @param backup what was there before, relative to the target; null where nothing is kept
  public record Written(String path, Change change, @Nullable String backup) {}

  /// What happened to a file.
  public enum Change {
    CREATED,
    REPLACED,
    UNCHANGED;

    /// The name used in reports.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// What a trial leaves out.
  ///
  /// @param name of a package, folder or option
  /// @param version null where it is not known
  /// @param reason half a sentence
  public record Untried(String name, @Nullable String version, String reason) {}

  /// What a real package manager says of a slim form.
  ///
  /// @param path folder of the project relative to the analysed root
  /// @param title for people, such as `npm ci --omit=dev`
  /// @param command the program and its arguments
  /// @param accepted whether it installed what the plan says and nothing else
  /// @param exitCode null where it did not start or did not end in time
  /// @param message the outcome in one sentence
  /// @param missing planned and not installed, such as `a@1.0.0`, sorted
  /// @param unexpected installed and not planned, sorted
  /// @param untried what would have to be built and was not, sorted
  /// @param output the tool's own last lines; empty where it was accepted
  /// @param packages how many were installed
  /// @param bytes of the regular files that the install left on disk; null where none did
  public record Verified(
      String path,
      Ecosystem ecosystem,
      String title,
      List<String> command,
      boolean accepted,
      @Nullable Integer exitCode,
      String message,
      List<String> missing,
      List<String> unexpected,
      List<Untried> untried,
      List<String> output,
      int packages,
      @Nullable Long bytes) {
    public Verified {
      command = List.copyOf(command);
      missing = List.copyOf(missing);
      unexpected = List.copyOf(unexpected);
      untried = List.copyOf(untried);
      output = List.copyOf(output);
    }

    /// The same with another message.
    public Verified saying(String other) {
      return new Verified(
          path,
          ecosystem,
          title,
          command,
          accepted,
          exitCode,
          other,
          missing,
          unexpected,
          untried,
          output,
          packages,
          bytes);
    }
  }
}
