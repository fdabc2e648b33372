package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Clauses that a version must all satisfy, after PEP 440: `>=1,<2`.
///
/// @param clauses in the order of the text; none for any version
public record VersionSpecifier(List<Clause> clauses) {
  /// Satisfied by every version.
  public static final VersionSpecifier ANY = new VersionSpecifier(List.of());

  public VersionSpecifier {
    clauses = List.copyOf(clauses);
  }

  /// One comparison.
  ///
  /// @param operator `===`, `==`, `~=`, `!=`, `<=`, `>=`, `<` or `>`
  /// @param version as written: a version, one with `.*`, or any text after `===`
  public record Clause(String operator, String version) {
    @Override
    public String toString() {
      return operator + version;
    }

    /// Equal for clauses that say the same: trailing zeros count after `~=` only.
    private String key() {
      Version parsed = operator.equals("===") ? null : Version.parse(version);
      if (parsed == null || operator.equals("~=")) {
        return operator + (parsed == null ? version : parsed);
      }
      return operator + parsed.withoutTrailingZeros();
    }

    /// Whether the clause asks for a pre-release by name.
    boolean namesPreRelease() {
      if (operator.equals("!=") || version.endsWith(".*")) {
        return false;
      }
      Version parsed = Version.parse(version);
      return parsed != null && parsed.isPreRelease();
    }
  }

  /// The specifier that a text spells; empty text is any version. Null where it is none.
  public static @Nullable VersionSpecifier parse(String text) {
    List<Clause> clauses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String stripped = Text.strip(part);
      if (stripped.isEmpty()) {
        continue;
      }
      SpecifierScanner scanner = new SpecifierScanner(stripped, 0);
      Clause clause = scanner.scan();
      if (clause == null || scanner.position() != stripped.length()) {
        return null;
      }
      clauses.add(clause);
    }
    return clauses.isEmpty() ? ANY : new VersionSpecifier(clauses);
  }

  /// The clauses without repetitions, in the order of their text.
  ///
  /// `>1.0` and `>1.0.0` are the same clause; the first of them stays.
  public List<Clause> sorted() {
    List<Clause> all = new ArrayList<>(clauses);
    all.sort(Comparator.comparing(Clause::toString));
    List<Clause> out = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Clause clause : all) {
      if (seen.add(clause.key())) {
        out.add(clause);
      }
    }
    return out;
  }

  /// Whether the specifier itself lets pre-releases in, because one of its clauses names one.
  public boolean namesPreRelease() {
    for (Clause clause : clauses) {
      if (clause.namesPreRelease()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a version satisfies every clause.
  ///
  /// @param candidate may be no version of PEP 440: then only `===` can match it
  /// @param preReleases whether a pre-release may match; null for what the clauses say, and for
  ///   every pre-release where they say nothing
  public boolean contains(String candidate, @Nullable Boolean preReleases) {
    Version version = Version.parse(candidate);
    if (Boolean.FALSE.equals(preReleases) && version != null && version.isPreRelease()) {
      return false;
    }
    for (Clause clause : clauses) {
      if (!SpecifierMatch.matches(clause, version, candidate)) {
        return false;
      }
    }
    return true;
  }

  /// The versions of a list that satisfy every clause, in their order. Where nothing is said of
  /// pre-releases, they count only where there is no other version (PEP 440, "Handling of
  /// pre-releases").
  ///
  /// @param preReleases whether a pre-release may match; null for what the clauses say
  public List<String> filter(List<String> candidates, @Nullable Boolean preReleases) {
    Boolean asked = preReleases == null && namesPreRelease() ? Boolean.TRUE : preReleases;
    List<String> matching =
        candidates.stream().filter(one -> contains(one, asked == null || asked)).toList();
    List<String> released = new ArrayList<>();
    boolean any = false;
    for (String candidate : matching) {
      Version version = Version.parse(candidate);
      any |= version != null && !version.isPreRelease();
      if (version == null || !version.isPreRelease()) {
        released.add(candidate);
      }
    }
    return asked == null && any ? released : matching;
  }

  /// The clauses sorted by their text and joined by commas.
  public String normalized() {
    StringBuilder out = new StringBuilder();
    for (Clause clause : sorted()) {
      out.append(out.isEmpty() ? "" : ",").append(clause);
    }
    return out.toString();
  }

  /// The clauses as written, joined by commas.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Clause clause : clauses) {
      out.append(out.isEmpty() ? "" : ",").append(clause);
    }
    return out.toString();
  }
}
