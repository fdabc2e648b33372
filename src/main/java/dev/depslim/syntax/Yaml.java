package dev.depslim.syntax;

import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;

/// YAML 1.1 as plain data: no types of any language, limits on aliases, depth and size.
public final class Yaml {
  private static final int MAX_NODES = 2_000_000;

  private Yaml() {}

  /// The first document as a tree with positions; aliases are expanded. An empty file is an empty
  /// [Tree.Mapping].
  ///
  /// @throws SyntaxException where the text is not YAML or exceeds the limits
  public static Tree parse(byte[] bytes) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(100);
    options.setCodePointLimit(64 << 20);
    try {
      Reader text = new UnicodeReader(new ByteArrayInputStream(bytes));
      Node node = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).compose(text);
      return node == null ? new Tree.Mapping(List.of(), 1, 1) : new Converter().convert(node, 0);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new SyntaxException(
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1,
          e.getProblem() == null ? "not YAML" : e.getProblem());
    } catch (YAMLException e) {
      String message = e.getMessage();
      throw new SyntaxException(0, 0, message == null ? "not YAML" : message);
    }
  }

  private static final class Converter {
    private final Map<Node, Boolean> open = new IdentityHashMap<>();
    private int nodes;

    Tree convert(Node node, int depth) {
      int line = node.getStartMark().getLine() + 1;
      int column = node.getStartMark().getColumn() + 1;
      if (++nodes > MAX_NODES || depth > 100) {
        throw new SyntaxException(line, column, "too many or too deeply nested nodes");
      }
      if (node instanceof ScalarNode scalar) {
        return new Tree.Scalar(kind(scalar), scalar.getValue(), line, column);
      }
      if (open.put(node, true) != null) {
        throw new SyntaxException(line, column, "an alias that contains itself");
      }
      Tree tree;
      if (node instanceof MappingNode mapping) {
        List<Tree.Member> members = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
          Mark at = tuple.getKeyNode().getStartMark();
          if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw new SyntaxException(
                at.getLine() + 1, at.getColumn() + 1, "a key that is not plain text");
          }
          members.add(
              new Tree.Member(
                  key.getValue(),
                  at.getLine() + 1,
                  at.getColumn() + 1,
                  convert(tuple.getValueNode(), depth + 1)));
        }
        tree = new Tree.Mapping(members, line, column);
      } else {
        List<Tree> items = new ArrayList<>();
        for (Node item : ((SequenceNode) node).getValue()) {
          items.add(convert(item, depth + 1));
        }
        tree = new Tree.Sequence(items, line, column);
      }
      open.remove(node);
      return tree;
    }

    private static Tree.Kind kind(ScalarNode scalar) {
      Tag tag = scalar.getTag();
      if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        return Tree.Kind.NUMBER;
      }
      if (tag.equals(Tag.BOOL)) {
        return Tree.Kind.BOOLEAN;
      }
      if (tag.equals(Tag.NULL)) {
        return Tree.Kind.NULL;
      }
      return tag.equals(Tag.TIMESTAMP) ? Tree.Kind.TIME : Tree.Kind.STRING;
    }
  }
}
