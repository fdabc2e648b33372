package dev.depslim.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an image holds. Every size is in bytes.
///
/// @param reference as the user named it
/// @param source how it was read, such as `docker-archive` or `overlay2`
/// @param id digest of the configuration (`sha256:…`), or null
/// @param platform `os/arch[/variant]`, or null where the image does not say
/// @param files regular files, links and folders in the merged file system
public record ImageReport(
    String reference,
    String source,
    @Nullable String id,
    @Nullable String platform,
    Sizes sizes,
    int files,
    List<LayerRow> layers,
    List<PackageRow> packages,
    Ledger ledger,
    List<Waste> waste,
    List<Duplicate> duplicates,
    Savings savings,
    Base base,
    List<Issue> issues) {
  public ImageReport {
    layers = List.copyOf(layers);
    packages = List.copyOf(packages);
    waste = List.copyOf(waste);
    duplicates = List.copyOf(duplicates);
    issues = List.copyOf(issues);
  }

  /// The sizes of an image.
  ///
  /// @param compressedBytes what a registry transfers; null where the source does not tell
  /// @param storedBytes regular files over all layers
  /// @param liveBytes regular files of the merged file system
  /// @param reclaimableBytes stored − live
  public record Sizes(
      @Nullable Long compressedBytes, long storedBytes, long liveBytes, long reclaimableBytes) {}

  /// A layer.
  ///
  /// @param diffId digest of the uncompressed layer, or null
  /// @param createdBy the instruction that made it, or null where the history does not tell
  /// @param byCategory stored bytes by category, see [Ledger]
  public record LayerRow(
      int index,
      @Nullable String diffId,
      @Nullable String createdBy,
      long storedBytes,
      long liveBytes,
      long reclaimableBytes,
      int files,
      boolean base,
      Map<String, Long> byCategory) {}

  /// A package installed in the image.
  ///
  /// @param bytes stored bytes that it owns
  /// @param liveBytes the live ones among them
  /// @param declaredBytes what its own metadata claims, or null
  /// @param retainedBytes live bytes that go: of a direct package, when nobody asks for it by name
  ///   any more (0 where others need it); of every other, when the package itself goes; both with
  ///   what only it needs
  /// @param files live files that it owns
  /// @param direct whether it was asked for by name, or null where that is not recorded
  /// @param baseTool whether the base image brings it to install others (npm, corepack, yarn, pip,
  ///   apt, apk), or the system does not work without it
  /// @param inBase whether it lies only in layers of the base image
  /// @param removed whether a later layer deleted it, so that it is stored and not installed
  /// @param path where it is installed
  /// @param layers stored bytes by layer
  /// @param keptBy where its category is excluded and it stays all the same: what needs it
  /// @param goes whether it is among what leaving out the excluded categories saves
  public record PackageRow(
      String name,
      @Nullable String version,
      Ecosystem ecosystem,
      Classification classification,
      long bytes,
      long liveBytes,
      @Nullable Long declaredBytes,
      long retainedBytes,
      int files,
      @Nullable Boolean direct,
      boolean baseTool,
      boolean inBase,
      boolean removed,
      String path,
      List<LayerBytes> layers,
      @Nullable String keptBy,
      boolean goes) {
    public PackageRow {
      layers = List.copyOf(layers);
    }

    /// The package URL.
    public String purl() {
      return Purl.of(ecosystem, name, version);
    }
  }

  /// Bytes in a layer.
  public record LayerBytes(int index, long bytes) {}

  /// Whose the stored bytes are. The sum of either map is `totalBytes`.
  ///
  /// @param byOwner package URL, `application`, `cache`, `system-state` or `unowned` → stored bytes
  /// @param byCategory category of packages, or the same four → stored bytes
  public record Ledger(
      long totalBytes,
      Map<String, Long> byOwner,
      Map<String, Long> byCategory,
      long unownedBytes) {}

  /// Bytes that lie in a layer and not in the merged file system.
  ///
  /// @param kind overwritten, deleted or metadata-only
  /// @param createdIn layer that wrote them
  /// @param removedIn layer that removed or replaced them
  public record Waste(String path, String kind, long bytes, int createdIn, int removedIn) {}

  /// Live files of equal content.
  ///
  /// @param bytes bytes beyond the first copy
  public record Duplicate(long bytes, List<String> paths) {
    public Duplicate {
      paths = List.copyOf(paths);
    }
  }

  /// What leaving categories out would save.
  ///
  /// @param exclude the categories
  /// @param written whether the user wrote the list or it is the default
  /// @param packages how many packages go
  /// @param compressedBytes estimated by the ratio of each layer; null where not known
  /// @param percent of the live bytes
  /// @param kept excluded packages that stay, because others need them
  /// @param byCategory what leaving out each category alone would save, whether it is excluded or
  ///   not; live bytes
  public record Savings(
      List<Category> exclude,
      boolean written,
      int packages,
      long storedBytes,
      long liveBytes,
      @Nullable Long compressedBytes,
      double percent,
      List<Kept> kept,
      Map<Category, Freed> byCategory) {
    public Savings {
      exclude = List.copyOf(exclude);
      kept = List.copyOf(kept);
    }
  }

  /// A package of an excluded category that stays.
  ///
  /// @param bytes live bytes of it
  /// @param because the way to it, such as `python3-scipy needs python3-pythran, which needs g++`
  public record Kept(String name, long bytes, String because) {}

  /// What is known of the base image.
  ///
  /// @param layers how many of the first layers belong to it
  /// @param how it is known: `given`, `annotation`, `diff-id-prefix` or `unknown`
  public record Base(int layers, @Nullable String name, String how) {}
}
