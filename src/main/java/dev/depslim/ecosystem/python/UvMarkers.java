package dev.depslim.ecosystem.python;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether two markers of a uv.lock and its manifest say the same for the versions of Python that
/// the lock is for.
final class UvMarkers {
  private final MarkerAlgebra algebra = new MarkerAlgebra();
  private final MarkerAlgebra.Node python;

  /// @param requiresPython of the lock, or null
  UvMarkers(@Nullable String requiresPython) {
    VersionSpecifier specifier =
        requiresPython == null ? null : VersionSpecifier.parse(requiresPython);
    VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    this.python = ranges == null ? algebra.always : algebra.python(ranges);
  }

  /// True also where it cannot be told: uv has names for platforms that stand for each other.
  boolean isSame(UvRow manifest, UvRow locked) {
    String one = manifest.marker();
    String other = locked.marker();
    if (one == null && other == null || one != null && one.equals(other)) {
      return true;
    }
    if (isRenamed(one) || isRenamed(other)) {
      return one != null;
    }
    String place = locked.place();
    Set<String> extras =
        place.startsWith("extra ") ? Set.of(place.substring("extra ".length())) : Set.of();
    try {
      MarkerAlgebra.Node left = node(one, extras);
      MarkerAlgebra.Node right = node(other, extras);
      return algebra.and(left, python).equals(algebra.and(right, python));
    } catch (RequirementSyntaxException _) {
      return true;
    }
  }

  private MarkerAlgebra.Node node(@Nullable String marker, Set<String> extras) {
    return marker == null ? algebra.always : algebra.of(Marker.parse(marker), extras);
  }

  private static boolean isRenamed(@Nullable String marker) {
    return marker != null
        && (marker.contains("platform_system")
            || marker.contains("os_name")
            || marker.contains("platform_python_implementation")
            || marker.contains("implementation_name")
            || marker.contains("platform_machine")
            || marker.contains("platform_release")
            || marker.contains(" in "));
  }
}
