package dev.depslim.ecosystem;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import java.util.List;
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
  record Result(List<Installed> packages, List<Issue> issues) {
    public Result {
      packages = List.copyOf(packages);
      issues = List.copyOf(issues);
    }
  }

  /// An installed package.
  ///
  /// @param path where it is installed, without a leading `/`
  /// @param declaredBytes what its metadata claims, or null
  /// @param direct whether it was asked for by name; null where that is not recorded
  /// @param files files that it owns, by number
  /// @param folders folders whose whole content it owns, unless another package owns a part by
  ///   number or by a deeper folder
  /// @param removed whether its files are there only in lower layers
  /// @param requires names of packages that it needs, in the words of its ecosystem
  /// @param provides other names under which it is required, its own not among them
  /// @param system whether it belongs to the system package manager, which wins where both claim a
  ///   file
  @SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
  record Installed(
      Ecosystem ecosystem,
      String name,
      @Nullable String version,
      String path,
      @Nullable Long declaredBytes,
      @Nullable Boolean direct,
      int[] files,
      int[] folders,
      boolean removed,
      List<Requires> requires,
      List<String> provides,
      boolean system) {
    public Installed {
      requires = List.copyOf(requires);
      provides = List.copyOf(provides);
    }
  }

  /// A need that any one of the named packages meets.
  ///
  /// @param anyOf names in the order of preference
  /// @param at where they are looked up: for npm the folders whose `node_modules` are searched
  ///   begin here; empty elsewhere
  /// @param optional whether the package works without it
  record Requires(List<String> anyOf, String at, boolean optional) {
    public Requires {
      anyOf = List.copyOf(anyOf);
    }
  }
}
