package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One requirement after PEP 508: `name[extra] >=1,<2 ; marker` or `name @ url ; marker`.
///
/// @param name as written
/// @param extras as written, in that order
/// @param specifier any version where none is written, and where there is a URL
/// @param url direct reference, or null
/// @param marker condition under which the requirement counts, or null
/// @param markerText the marker as written, or null
public record Requirement(
    String name,
    List<String> extras,
    VersionSpecifier specifier,
    @Nullable String url,
    @Nullable Marker marker,
    @Nullable String markerText) {
  public Requirement {
    extras = List.copyOf(extras);
  }

  /// The requirement that a text spells.
  ///
  /// @throws RequirementSyntaxException where it is none; with the place and what was expected
  public static Requirement parse(String text) {
    return new RequirementParser(text).parse();
  }

  /// The normalised name that a text of a tool begins with: of the requirement that it spells, else
  /// the whole text.
  static String nameIn(String text) {
    try {
      return parse(text).normalizedName();
    } catch (RequirementSyntaxException e) {
      return Ecosystem.PYPI.normalize(text);
    }
  }

  /// The name after PEP 503.
  public String normalizedName() {
    return Ecosystem.PYPI.normalize(name);
  }
}
