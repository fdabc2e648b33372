package dev.depslim.report;

import dev.depslim.model.ImageReport.Waste;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Waste of one folder with one cause.
///
/// @param path the file, or the folder where there are several
record WasteGroup(String path, String kind, int createdIn, int removedIn, long bytes, int files) {
  /// A folder is shown as a whole unless one thing in it holds more than this share.
  private static final double MOST = 0.8;

  private static final int LEAST_DEPTH = 2;

  private record Cause(String kind, int createdIn, int removedIn) {}

  private static final class Folder {
    final Map<String, Folder> children = new TreeMap<>();
    long bytes;
    int files;
  }

  /// The groups, the biggest first.
  static List<WasteGroup> of(List<Waste> waste) {
    Map<Cause, Folder> byCause = new LinkedHashMap<>();
    for (Waste one : waste) {
      Cause cause = new Cause(one.kind(), one.createdIn(), one.removedIn());
      add(byCause.computeIfAbsent(cause, _ -> new Folder()), one);
    }
    List<WasteGroup> groups = new ArrayList<>();
    byCause.forEach((cause, root) -> split(cause, root, "", 0, groups));
    groups.sort(
        Comparator.comparingLong((WasteGroup group) -> -group.bytes)
            .thenComparing(WasteGroup::path)
            .thenComparingInt(WasteGroup::createdIn));
    return groups;
  }

  private static void add(Folder root, Waste waste) {
    Folder at = root;
    at.bytes += waste.bytes();
    at.files++;
    for (String part : waste.path().split("/", -1)) {
      if (!part.isEmpty()) {
        at = at.children.computeIfAbsent(part, _ -> new Folder());
        at.bytes += waste.bytes();
        at.files++;
      }
    }
  }

  private static void split(
      Cause cause, Folder folder, String path, int depth, List<WasteGroup> out) {
    long most = 0;
    for (Folder child : folder.children.values()) {
      most = Math.max(most, child.bytes);
    }
    boolean whole =
        folder.children.isEmpty() || (depth >= LEAST_DEPTH && most < MOST * folder.bytes);
    if (whole) {
      out.add(
          new WasteGroup(
              path.isEmpty() ? "/" : path,
              cause.kind,
              cause.createdIn,
              cause.removedIn,
              folder.bytes,
              folder.files));
      return;
    }
    folder.children.forEach(
        (name, child) -> split(cause, child, path + "/" + name, depth + 1, out));
  }

  /// How it came to be and what to do.
  ///
  /// @param baseLayers how many of the first layers are the base image's
  String cause(int baseLayers) {
    String what =
        switch (kind) {
          case "deleted" -> ", deleted in layer " + removedIn;
          case "overwritten" -> ", replaced in layer " + removedIn;
          case "metadata-only" -> ", only mode or owner changed in layer " + removedIn;
          default -> ", " + kind + " in layer " + removedIn;
        };
    String advice;
    if (createdIn < baseLayers) {
      advice = "the base image stores it";
    } else {
      advice =
          switch (kind) {
            case "deleted" -> "delete it in the same RUN";
            case "metadata-only" -> "use COPY --chown or --chmod, or change it in the same RUN";
            default -> "write it once";
          };
    }
    return "written in layer " + createdIn + what + ": " + advice;
  }
}
