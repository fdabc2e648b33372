package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonObject;
import java.util.List;

/// Members in the order in which npm writes them.
final class SortedMembers {
  /// What npm puts first in an entry (Arborist, `swKeyOrder`).
  private static final List<String> FIRST =
      List.of(
          "name",
          "version",
          "lockfileVersion",
          "resolved",
          "integrity",
          "requires",
          "packages",
          "dependencies");

  private static final String SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

  private SortedMembers() {}

  /// Replaces the value of a name, or adds it before the first name that is greater.
  static void put(JsonObject object, String name, JsonNode value) {
    if (object.get(name) != null) {
      object.put(name, value);
      return;
    }
    List<JsonObject.Member> members = object.members();
    int index = members.size();
    while (index > 0 && compare(members.get(index - 1).name(), name) > 0) {
      index--;
    }
    object.insert(index, name, value);
  }

  /// The same in an entry of a lock: plain values before objects, and of both the known fields
  /// first.
  static void putField(JsonObject entry, String name, JsonNode value) {
    if (entry.get(name) != null) {
      entry.put(name, value);
      return;
    }
    List<JsonObject.Member> members = entry.members();
    int index = 0;
    while (index < members.size() && !isBefore(name, value, members.get(index))) {
      index++;
    }
    entry.insert(index, name, value);
  }

  private static boolean isBefore(String name, JsonNode value, JsonObject.Member member) {
    boolean object = value instanceof JsonObject;
    boolean otherObject = member.value() instanceof JsonObject;
    if (object != otherObject) {
      return otherObject;
    }
    int rank = FIRST.indexOf(name);
    int otherRank = FIRST.indexOf(member.name());
    if (rank >= 0 || otherRank >= 0) {
      return rank >= 0 && (otherRank < 0 || rank < otherRank);
    }
    return compare(name, member.name()) < 0;
  }

  /// The order of the English locale for the characters of package names: signs, digits, letters,
  /// and small letters before capitals where all else is equal.
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      int order = weight(a.charAt(i)) - weight(b.charAt(i));
      if (order != 0) {
        return order;
      }
    }
    int byLength = Integer.compare(a.length(), b.length());
    return byLength == 0 ? b.compareTo(a) : byLength;
  }

  private static int weight(char c) {
    int sign = SIGNS.indexOf(c);
    if (sign >= 0) {
      return sign;
    }
    return SIGNS.length() + Character.toLowerCase(c);
  }
}
