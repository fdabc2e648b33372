package dev.depslim.syntax;

import java.util.List;

/// TOML 1.1, of which 1.0 is a part (toml.io), with positions.
public final class Toml {
  private Toml() {}

  /// What could be read of a document, and what could not.
  ///
  /// @param problems in the order of the text; empty for a document without a mistake
  public record Document(Tree.Mapping root, List<SyntaxException> problems) {
    public Document {
      problems = List.copyOf(problems);
    }
  }

  /// The document, where all of it is TOML: for what tools write.
  ///
  /// @throws SyntaxException at the first mistake; a key that stands twice is one
  public static Tree.Mapping parse(byte[] bytes) {
    return new TomlParser(bytes, false).document();
  }

  /// All of the document that can be read: for what people write. Of a key that stands twice the
  /// last one counts; behind another mistake, reading goes on with the next line that begins a
  /// table or a pair.
  ///
  /// @throws SyntaxException where the bytes are no text in UTF-8
  public static Document read(byte[] bytes) {
    TomlParser parser = new TomlParser(bytes, true);
    return new Document(parser.document(), parser.problems());
  }
}
