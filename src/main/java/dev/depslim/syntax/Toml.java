package dev.depslim.syntax;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// TOML 1.0, in two ways: with positions for what people write, without them and ten times as fast
/// for what tools write.
public final class Toml {
  private static final int MAX_WITH_POSITIONS = 4 << 20;

  private Toml() {}

  /// The document as a tree with positions: for manifests and settings.
  ///
  /// @throws SyntaxException where the text is not TOML, a key stands there twice, or it is larger
  ///   than 4 MiB
  public static Tree.Mapping parse(byte[] bytes) {
    if (bytes.length > MAX_WITH_POSITIONS) {
      throw new SyntaxException(0, 0, "larger than 4 MiB: this is no manifest");
    }
    int start = Json.skipByteOrderMark(bytes);
    TomlParseResult result =
        org.tomlj.Toml.parse(
            new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    if (result.hasErrors()) {
      TomlParseError error = result.errors().getFirst();
      TomlPosition at = error.position();
      throw new SyntaxException(at.line(), at.column(), String.valueOf(error.getMessage()));
    }
    return table(result, 1, 1);
  }

  /// The document as a tree without positions: for lock files.
  ///
  /// @throws SyntaxException where the text is not TOML
  public static Tree.Mapping parseLock(byte[] bytes) {
    TomlFactory factory =
        TomlFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxStringLength(50_000_000)
                    .maxDocumentLength(512L << 20)
                    .build())
            .build();
    int start = Json.skipByteOrderMark(bytes);
    try {
      JsonNode node =
          new TomlMapper(factory)
              .readTree(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
      return (Tree.Mapping) plain(node);
    } catch (JsonProcessingException e) {
      throw JsonMessages.of(e, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tree.Mapping table(TomlTable table, int line, int column) {
    List<Tree.Member> members = new ArrayList<>();
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      TomlPosition at = table.inputPositionOf(List.of(entry.getKey()));
      int memberLine = at == null ? line : at.line();
      int memberColumn = at == null ? column : at.column();
      members.add(
          new Tree.Member(
              entry.getKey(),
              memberLine,
              memberColumn,
              value(entry.getValue(), memberLine, memberColumn)));
    }
    members.sort(Comparator.comparingInt(Tree.Member::line).thenComparingInt(Tree.Member::column));
    return new Tree.Mapping(members, line, column);
  }

  private static Tree value(Object value, int line, int column) {
    return switch (value) {
      case TomlTable inner -> table(inner, line, column);
      case TomlArray array -> {
        List<Tree> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          TomlPosition at = array.inputPositionOf(i);
          items.add(
              value(
                  array.get(i), at == null ? line : at.line(), at == null ? column : at.column()));
        }
        yield new Tree.Sequence(items, line, column);
      }
      case String text -> new Tree.Scalar(Tree.Kind.STRING, text, line, column);
      case Long number -> new Tree.Scalar(Tree.Kind.NUMBER, number.toString(), line, column);
      case Double number -> new Tree.Scalar(Tree.Kind.NUMBER, number.toString(), line, column);
      case Boolean flag -> new Tree.Scalar(Tree.Kind.BOOLEAN, flag.toString(), line, column);
      default -> new Tree.Scalar(Tree.Kind.TIME, value.toString(), line, column);
    };
  }

  private static Tree plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        List<Tree.Member> members = new ArrayList<>(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          members.add(new Tree.Member(entry.getKey(), 0, 0, plain(entry.getValue())));
        }
        yield new Tree.Mapping(members, 0, 0);
      }
      case ARRAY -> {
        List<Tree> items = new ArrayList<>(node.size());
        for (JsonNode item : node) {
          items.add(plain(item));
        }
        yield new Tree.Sequence(items, 0, 0);
      }
      case STRING -> new Tree.Scalar(Tree.Kind.STRING, node.textValue(), 0, 0);
      case NUMBER -> new Tree.Scalar(Tree.Kind.NUMBER, node.asText(), 0, 0);
      case BOOLEAN -> new Tree.Scalar(Tree.Kind.BOOLEAN, node.asText(), 0, 0);
      case NULL, MISSING -> new Tree.Scalar(Tree.Kind.NULL, "null", 0, 0);
      case BINARY, POJO -> new Tree.Scalar(Tree.Kind.TIME, node.asText(), 0, 0);
    };
  }
}
