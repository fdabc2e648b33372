package dev.depslim.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table while it grows: headers and dotted keys add to it from several places.
final class TomlTable implements TomlNode {
  /// Below this many names looking at each of them is quicker than hashing.
  private static final int MANY = 16;

  /// How a table came to be; that decides who may add to it.
  enum Made {
    /// By `[header]`, or as an item of `[[header]]`.
    HEADER,
    /// On the way to a longer header.
    PATH,
    /// On the way to a dotted key.
    DOTTED
  }

  /// A name in the table.
  static final class Slot {
    final String name;
    final int line;
    final int column;
    TomlNode value;

    Slot(String name, int line, int column, TomlNode value) {
      this.name = name;
      this.line = line;
      this.column = column;
      this.value = value;
    }
  }

  Made made;
  private final int line;
  private final int column;
  private final List<Slot> slots = new ArrayList<>(4);
  private @Nullable Map<String, Slot> index;

  TomlTable(Made made, int line, int column) {
    this.made = made;
    this.line = line;
    this.column = column;
  }

  @Nullable Slot get(String name) {
    if (index != null) {
      return index.get(name);
    }
    for (Slot slot : slots) {
      if (slot.name.equals(name)) {
        return slot;
      }
    }
    return null;
  }

  /// Adds a name that is not there yet.
  void add(String name, int atLine, int atColumn, TomlNode value) {
    Slot slot = new Slot(name, atLine, atColumn, value);
    slots.add(slot);
    if (index != null) {
      index.put(name, slot);
    } else if (slots.size() == MANY) {
      index = new HashMap<>();
      for (Slot one : slots) {
        index.put(one.name, one);
      }
    }
  }

  Tree.Mapping tree() {
    Tree.Member[] members = new Tree.Member[slots.size()];
    for (int i = 0; i < members.length; i++) {
      Slot slot = slots.get(i);
      Tree value =
          switch (slot.value) {
            case TomlNode.Closed closed -> closed.tree();
            case TomlTable table -> table.tree();
            case TomlNode.Tables tables -> sequence(tables, slot);
          };
      members[i] = new Tree.Member(slot.name, slot.line, slot.column, value);
    }
    return new Tree.Mapping(List.of(members), line, column);
  }

  private static Tree.Sequence sequence(TomlNode.Tables tables, Slot slot) {
    List<Tree> items = new ArrayList<>(tables.items().size());
    for (TomlTable item : tables.items()) {
      items.add(item.tree());
    }
    return new Tree.Sequence(items, slot.line, slot.column);
  }
}
