package dev.depslim.image;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Waste;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the reclaimable bytes of an image: what layers store and the merged file system does not
/// show. Their sum is stored − live, exactly.
///
/// - `deleted`: a whiteout, an opaque folder or a change of type above hides the path.
/// - `overwritten`: a later version of the path has its place.
/// - `metadata-only`: the same, and the later version has the same content; only mode, owner or
///   times changed.
///
/// Bytes with several names (hard links) are lost with the last of them, and its end is the cause.
public final class WasteFinder {
  private WasteFinder() {}

  /// The waste, by the layer that stores it, then by path. Files of no bytes are not listed.
  ///
  /// @throws IOException where contents that have to be compared cannot be read
  public static List<Waste> find(ImageTree tree, ImageSource source) throws IOException {
    StoredEntries stored = tree.stored();
    SameContent same = new SameContent(stored, source.layers());
    List<Waste> waste = new ArrayList<>();
    for (int version = 0; version < stored.size(); version++) {
      if (stored.carrier(version) == version
          && stored.bytes(version) > 0
          && !stored.hasLiveBytes(version)) {
        int last = lastName(stored, version);
        waste.add(
            new Waste(
                tree.path(stored.file(version)),
                kind(stored, same, version, last),
                stored.bytes(version),
                stored.layer(version),
                stored.removedIn(last)));
      }
    }
    waste.sort(
        Comparator.comparingInt(Waste::createdIn)
            .thenComparing(Waste::path)
            .thenComparingInt(Waste::removedIn));
    return List.copyOf(waste);
  }

  /// The name that was hidden last; of several the first.
  private static int lastName(StoredEntries stored, int carrier) {
    int last = carrier;
    for (int name : stored.names(carrier)) {
      if (stored.removedIn(name) > stored.removedIn(last)) {
        last = name;
      }
    }
    return last;
  }

  private static String kind(StoredEntries stored, SameContent same, int carrier, int last)
      throws IOException {
    int by = stored.replacedBy(last);
    if (by == StoredEntries.NONE) {
      return "deleted";
    }
    EntryType type = stored.type(by);
    boolean file = type == EntryType.FILE || type == EntryType.HARDLINK;
    int newCarrier = file ? stored.carrier(by) : StoredEntries.NONE;
    return newCarrier != StoredEntries.NONE
            && newCarrier != carrier
            && same.equal(carrier, newCarrier)
        ? "metadata-only"
        : "overwritten";
  }
}
