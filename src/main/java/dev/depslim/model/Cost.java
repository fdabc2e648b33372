package dev.depslim.model;

import java.util.List;

/// What a declared dependency costs beside all others.
///
/// @param everywhere what nothing asks for any more when it is not declared
/// @param inProduction what a plain production install does not bring any more then
/// @param keptBy what needs the package all the same, sorted: names of packages, and folders of
///   other projects that declare it; empty where the package itself goes
public record Cost(Freed everywhere, Freed inProduction, List<String> keptBy) {
  public Cost {
    keptBy = List.copyOf(keptBy);
  }
}
