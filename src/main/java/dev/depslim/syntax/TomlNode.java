package dev.depslim.syntax;

import java.util.List;

/// What a name of a TOML table stands for while the document is read.
sealed interface TomlNode permits TomlNode.Closed, TomlNode.Tables, TomlTable {
  /// A value that nothing can be added to.
  record Closed(Tree tree) implements TomlNode {}

  /// The tables of one `[[header]]`, at least one.
  record Tables(List<TomlTable> items) implements TomlNode {}
}
