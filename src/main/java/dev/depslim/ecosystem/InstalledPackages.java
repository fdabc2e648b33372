package dev.depslim.ecosystem;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the packages that one kind of package manager has installed in an image.
public interface InstalledPackages {
  /// Whether the content of a file is needed; asked once for each file of each layer, so it must be
  /// quick.
  ///
  /// @param folder path of the folder without a leading `/` and without `.` segments
  /// @param name file name
  boolean wants(String folder, String name);

  /// What is installed.
  Result read(ImageFiles files);

  /// What a reader found.
  ///
  /// @param needs which of the packages need which
  record Result(
      List<Installed> packages, List<Need> needs, List<ExtraNeed> extras, List<Issue> issues) {
    /// Packages that have no extras.
    public Result(List<Installed> packages, List<Need> needs, List<Issue> issues) {
      this(packages, needs, List.of(), issues);
    }

    /// Nothing.
    public static final Result EMPTY = new Result(List.of(), List.of(), List.of());

    public Result {
      packages = List.copyOf(packages);
      needs = List.copyOf(needs);
      extras = List.copyOf(extras);
      issues = List.copyOf(issues);
    }
  }

  /// An installed package.
  ///
  /// @param path where it is installed, without a leading `/`
  /// @param evidence the file that tells of it, by number; where a system package owns that file,
  ///   the package is a part of the system package
  /// @param declaredBytes what its metadata claims, or null
  /// @param direct whether it was asked for by name; null where that is not recorded
  /// @param files files that it owns, by number
  /// @param folders folders whose whole content it owns, unless another package owns a part by
  ///   number or by a deeper folder
  /// @param traits what else is to be known of it
  @SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
  record Installed(
      Ecosystem ecosystem,
      String name,
      @Nullable String version,
      String path,
      int evidence,
      @Nullable Long declaredBytes,
      @Nullable Boolean direct,
      int[] files,
      int[] folders,
      Set<Trait> traits) {
    public Installed {
      traits = Set.copyOf(traits);
    }

    public boolean is(Trait trait) {
      return traits.contains(trait);
    }
  }

  /// What may be said of an installed package.
  enum Trait {
    /// Its files are there only in lower layers.
    REMOVED,
    /// It belongs to the system package manager, which wins where a list of its files and a
    /// language package claim the same file.
    SYSTEM,
    /// The system does not work without it; it is never taken out.
    ESSENTIAL,
    /// The base image brings it to install others: npm, corepack, yarn, pip, apt, apk.
    BASE_TOOL,
    /// Its own manager installed it for development only.
    DEV
  }

  /// What an extra of a package brings to whoever asks for it.
  ///
  /// @param from index of the package in the result
  /// @param extra its name, normalized
  /// @param target index of the package that is needed then
  record ExtraNeed(int from, String extra, int target) {}

  /// A package needs any one of others.
  ///
  /// @param from index of the package in the result
  /// @param anyOf indexes of the packages that meet the need, in the order of preference; not empty
  /// @param weak whether the package works without: a reason to have installed the other, none to
  ///   keep it where it is unwanted
  @SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
  record Need(int from, int[] anyOf, boolean weak) {
    /// A package does not work without any one of others.
    public Need(int from, int[] anyOf) {
      this(from, anyOf, false);
    }
  }
}
