package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One alternative of a dependency in Poetry's own tables, of a manifest or of a lock.
///
/// @param constraint versions as written; empty for any
/// @param extras in their normal form
/// @param table where it is written as a table, else null
record PoetryRequest(
    String constraint, Set<String> extras, boolean optional, Tree.@Nullable Mapping table) {

  /// All alternatives of a value.
  static List<PoetryRequest> of(Tree value) {
    List<PoetryRequest> out = new ArrayList<>();
    switch (value) {
      case Tree.Scalar scalar -> out.add(new PoetryRequest(scalar.text(), Set.of(), false, null));
      case Tree.Sequence list -> list.items().forEach(item -> out.addAll(of(item)));
      case Tree.Mapping table -> {
        String version = table.string("version");
        Set<String> extras = new LinkedHashSet<>();
        Tree.Sequence written = table.sequence("extras");
        if (written != null) {
          written.strings().forEach(extra -> extras.add(Ecosystem.PYPI.normalize(extra)));
        }
        out.add(
            new PoetryRequest(
                version == null ? "" : version, extras, table.isTrue("optional"), table));
      }
    }
    return out;
  }

  /// Whether a locked version may meet it; text that is no constraint excludes nothing.
  boolean allows(@Nullable String version) {
    PoetryConstraint parsed = constraint.isBlank() ? null : PoetryConstraint.parse(constraint);
    return version == null || parsed == null || parsed.allows(version);
  }

  /// The marker that says what `markers`, `python` and `platform` say: as written where it is the
  /// first alone, null where there is no condition.
  @Nullable String marker() {
    String written = table == null ? null : table.string("markers");
    if (table == null || (table.string("python") == null && table.string("platform") == null)) {
      return written;
    }
    try {
      MarkerAlgebra algebra = new MarkerAlgebra();
      MarkerAlgebra.Node when = when(algebra, Set.of());
      Marker joined = when.isNever() ? null : new MarkerText(algebra, VersionRanges.ALL).of(when);
      return joined == null ? written : joined.toString();
    } catch (RequirementSyntaxException e) {
      return written;
    }
  }

  /// The condition of `markers`, `python` and `platform`.
  ///
  /// @param active extras for which `extra == "x"` holds
  MarkerAlgebra.Node when(MarkerAlgebra algebra, Set<String> active) {
    if (table == null) {
      return algebra.always;
    }
    MarkerAlgebra.Node when = algebra.always;
    String markers = table.string("markers");
    if (markers != null && !markers.isBlank()) {
      when = algebra.of(Marker.parse(markers), active);
    }
    String python = table.string("python");
    PoetryConstraint versions = python == null ? null : PoetryConstraint.parse(python);
    if (versions != null) {
      when = algebra.and(when, algebra.python(versions.ranges()));
    }
    String platform = table.string("platform");
    if (platform != null) {
      MarkerAlgebra.Node any = algebra.never;
      for (String one : platform.split("\\|\\|?|,", -1)) {
        Marker marker = Marker.parse("sys_platform == '" + one.strip() + "'");
        any = algebra.or(any, algebra.of(marker, Set.of()));
      }
      when = algebra.and(when, any);
    }
    return when;
  }
}
