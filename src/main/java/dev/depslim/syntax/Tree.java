package dev.depslim.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parsed document that still knows where everything stands. Lines and columns are counted from
/// 1; 0 where the parser does not tell.
public sealed interface Tree {
  int line();

  int column();

  /// An ordered map; a name may stand in it more than once, as in the file.
  record Mapping(List<Member> members, int line, int column) implements Tree {
    public Mapping {
      members = List.copyOf(members);
    }

    /// The value of a name (the last one, where it is repeated), or null.
    public @Nullable Tree get(String name) {
      Member member = member(name);
      return member == null ? null : member.value();
    }

    /// The member of a name (the last one, where it is repeated), or null.
    public @Nullable Member member(String name) {
      for (int i = members.size() - 1; i >= 0; i--) {
        if (members.get(i).name().equals(name)) {
          return members.get(i);
        }
      }
      return null;
    }

    /// The map below a name, or null where there is none or something else.
    public @Nullable Mapping mapping(String name) {
      return get(name) instanceof Mapping mapping ? mapping : null;
    }

    /// The list below a name, or null where there is none or something else.
    public @Nullable Sequence sequence(String name) {
      return get(name) instanceof Sequence sequence ? sequence : null;
    }

    /// The string below a name, or null where there is none or something else.
    public @Nullable String string(String name) {
      return get(name) instanceof Scalar scalar && scalar.kind() == Kind.STRING
          ? scalar.text()
          : null;
    }

    /// Whether the value of a name is the boolean `true`.
    public boolean isTrue(String name) {
      return get(name) instanceof Scalar scalar
          && scalar.kind() == Kind.BOOLEAN
          && scalar.text().equals("true");
    }

    /// The members whose name is repeated by a later one.
    public List<Member> overridden() {
      List<Member> out = new ArrayList<>();
      for (Member member : members) {
        if (member(member.name()) != member) {
          out.add(member);
        }
      }
      return out;
    }
  }

  /// A name and its value in a [Mapping].
  ///
  /// @param line where the name stands
  record Member(String name, int line, int column, Tree value) {
    /// What to say of a name that nothing reads.
    ///
    /// @param known the names that are read
    public String unknownAmong(Set<String> known) {
      return "unknown key '"
          + name
          + "': known are "
          + String.join(", ", known.stream().sorted().toList());
    }
  }

  /// A list.
  record Sequence(List<Tree> items, int line, int column) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    /// The strings among the items, in order.
    public List<String> strings() {
      List<String> out = new ArrayList<>();
      for (Tree item : items) {
        if (item instanceof Scalar scalar && scalar.kind() == Kind.STRING) {
          out.add(scalar.text());
        }
      }
      return out;
    }
  }

  /// A value without parts.
  ///
  /// @param text the value of a string, the spelling of a number, `true`, `false` or `null`
  record Scalar(Kind kind, String text, int line, int column) implements Tree {}

  /// What a [Scalar] is.
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    /// A date or time of TOML or YAML.
    TIME,
    NULL
  }
}
