package dev.depslim.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An object in a [JsonText]: an ordered list of members, of which one name may stand twice; the
/// last one counts.
public final class JsonObject implements JsonNode {
  private final List<Member> members;

  /// What stands before the brace at the end; null where it is laid out anew.
  private @Nullable String tail;

  /// Made when a name is looked up among many, and dropped when members change.
  private @Nullable Map<String, Member> byName;

  JsonObject(List<Member> members, @Nullable String tail) {
    this.members = members;
    this.tail = tail;
  }

  /// An object without members.
  public static JsonObject empty() {
    return new JsonObject(new ArrayList<>(), null);
  }

  /// A name and its value.
  ///
  /// @param before what stands before the name; null for what was added
  /// @param key the name as written, with its quotes
  /// @param colon what stands between name and value; null for what was added
  /// @param after what stands between the value and the comma behind it
  public record Member(
      String name,
      JsonNode value,
      @Nullable String before,
      String key,
      @Nullable String colon,
      String after) {
    Member with(JsonNode other) {
      return new Member(name, other, before, key, colon, after);
    }

    Member standingAfter(@Nullable String space) {
      return new Member(name, value, space, key, colon, after);
    }
  }

  /// The members in order.
  public List<Member> members() {
    return Collections.unmodifiableList(members);
  }

  /// The names in order, each once.
  public List<String> names() {
    return members.stream().map(Member::name).distinct().toList();
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /// The value of a name, or null.
  public @Nullable JsonNode get(String name) {
    if (members.size() > 16) {
      if (byName == null) {
        byName = HashMap.newHashMap(members.size());
        for (Member member : members) {
          byName.put(member.name, member);
        }
      }
      Member found = byName.get(name);
      return found == null ? null : found.value;
    }
    for (int i = members.size() - 1; i >= 0; i--) {
      if (members.get(i).name.equals(name)) {
        return members.get(i).value;
      }
    }
    return null;
  }

  /// The object below a name, or null where there is none or something else.
  public @Nullable JsonObject object(String name) {
    return get(name) instanceof JsonObject object ? object : null;
  }

  /// The string below a name, or null where there is none or something else.
  public @Nullable String string(String name) {
    return get(name) instanceof JsonLeaf leaf && leaf.isString() ? leaf.value() : null;
  }

  /// Whether the value of a name is the boolean `true`.
  public boolean isTrue(String name) {
    return get(name) instanceof JsonLeaf leaf && leaf.text().equals("true");
  }

  /// Takes all members of a name out.
  public void remove(String name) {
    removeIf(member -> member.name.equals(name));
  }

  /// Takes members out; whether there were any.
  public boolean removeIf(Predicate<Member> condition) {
    byName = null;
    Member first = members.isEmpty() ? null : members.getFirst();
    boolean any = members.removeIf(condition);
    if (any && members.isEmpty()) {
      tail = null;
    } else if (first != null && members.getFirst() != first) {
      members.set(0, members.getFirst().standingAfter(first.before));
    }
    return any;
  }

  /// Replaces the value of a name, or adds it behind all others.
  public void put(String name, JsonNode value) {
    for (int i = members.size() - 1; i >= 0; i--) {
      if (members.get(i).name.equals(name)) {
        members.set(i, members.get(i).with(value));
        byName = null;
        return;
      }
    }
    insert(members.size(), name, value);
  }

  /// Adds a member at a place among the members.
  public void insert(int index, String name, JsonNode value) {
    byName = null;
    String key = JsonLeaf.of(name).text();
    if (members.isEmpty()) {
      tail = null;
      members.add(new Member(name, value, null, key, null, ""));
      return;
    }
    Member first = members.getFirst();
    String between = between();
    if (index == 0) {
      members.set(0, first.standingAfter(between));
    }
    String before = index == 0 ? first.before : between;
    members.add(index, new Member(name, value, before, key, first.colon, ""));
  }

  /// What stands between a comma and the next name.
  private @Nullable String between() {
    Member first = members.getFirst();
    if (members.size() > 1) {
      return members.get(1).before;
    }
    boolean roomy = first.colon != null && first.colon.endsWith(" ");
    return "".equals(first.before) && roomy ? " " : first.before;
  }

  @Override
  public void render(StringBuilder out, Layout layout, int depth) {
    out.append('{');
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.before == null) {
        layout.line(out, depth + 1);
      } else {
        out.append(member.before);
      }
      out.append(member.key).append(member.colon == null ? layout.colon() : member.colon);
      member.value.render(out, layout, depth + 1);
      if (i < members.size() - 1) {
        out.append(member.after).append(',');
      }
    }
    if (tail != null) {
      out.append(tail);
    } else if (!members.isEmpty()) {
      layout.line(out, depth);
    }
    out.append('}');
  }
}
