package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the markers of a `pylock.toml` say about scopes (PEP 751): `extras` and `dependency_groups`
/// are the sets that an installer was asked for.
///
/// Only these two sets count; any other comparison may hold somewhere.
final class LockMarkers {
  private final Set<String> extras;
  private final Set<String> groups;
  private final Set<String> defaultGroups;

  /// @param defaultGroups what is installed where nobody asks for a group: the project's own
  ///   dependencies
  LockMarkers(List<String> extras, List<String> groups, List<String> defaultGroups) {
    this.extras = normalized(extras);
    this.groups = normalized(groups);
    this.defaultGroups = normalized(defaultGroups);
  }

  private static Set<String> normalized(List<String> names) {
    Set<String> out = new HashSet<>();
    names.forEach(name -> out.add(Ecosystem.PYPI.normalize(name)));
    return out;
  }

  /// RUNTIME where a plain install may bring it, OPTIONAL where an extra does, else DEV.
  Scope scope(Marker marker) {
    if (mayHold(marker, Set.of(), defaultGroups)) {
      return Scope.RUNTIME;
    }
    if (mayHold(marker, extras, defaultGroups)) {
      return Scope.OPTIONAL;
    }
    Set<String> all = new HashSet<>(groups);
    all.addAll(defaultGroups);
    return mayHold(marker, extras, all) ? Scope.DEV : Scope.OPTIONAL;
  }

  private static boolean mayHold(Marker marker, Set<String> extras, Set<String> groups) {
    return switch (marker) {
      case Marker.Comparison comparison -> {
        boolean ofExtras = "extras".equals(comparison.right().name());
        if (!ofExtras && !"dependency_groups".equals(comparison.right().name())) {
          yield true;
        }
        boolean in = (ofExtras ? extras : groups).contains(comparison.left().literal());
        yield comparison.operator().equals("not in") != in;
      }
      case Marker.Joined joined -> {
        boolean result = false;
        boolean group = mayHold(joined.parts().getFirst(), extras, groups);
        for (int i = 1; i < joined.parts().size(); i++) {
          boolean part = mayHold(joined.parts().get(i), extras, groups);
          if (joined.operators().get(i - 1).equals("or")) {
            result |= group;
            group = part;
          } else {
            group &= part;
          }
        }
        yield result | group;
      }
    };
  }
}
