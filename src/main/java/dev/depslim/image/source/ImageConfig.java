package dev.depslim.image.source;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of an image (OCI image specification, config.md). Everything in it is optional
/// here: what is missing is empty.
///
/// @param image whether it describes a file system at all, which other artifacts do not
public record ImageConfig(
    boolean image,
    @Nullable String platform,
    List<ImageSource.History> history,
    List<String> diffIds,
    Map<String, String> labels) {
  public ImageConfig {
    history = List.copyOf(history);
    diffIds = List.copyOf(diffIds);
    labels = Map.copyOf(labels);
  }

  /// Reads a configuration.
  ///
  /// @throws dev.depslim.syntax.SyntaxException where it is not JSON
  public static ImageConfig read(byte[] json) {
    if (!(Json.parse(json) instanceof Tree.Mapping config)) {
      return new ImageConfig(false, null, List.of(), List.of(), Map.of());
    }
    Tree.Mapping rootfs = config.mapping("rootfs");
    Tree.Sequence diffIds = rootfs == null ? null : rootfs.sequence("diff_ids");
    return new ImageConfig(
        rootfs != null || config.get("history") != null,
        platform(config),
        history(config.sequence("history")),
        diffIds == null ? List.of() : diffIds.strings(),
        labels(config.mapping("config")));
  }

  private static @Nullable String platform(Tree.Mapping config) {
    String os = config.string("os");
    String architecture = config.string("architecture");
    if (os == null || os.isEmpty() || architecture == null || architecture.isEmpty()) {
      return null;
    }
    String variant = config.string("variant");
    return new Platform(os, architecture, variant == null || variant.isEmpty() ? null : variant)
        .toString();
  }

  private static List<ImageSource.History> history(Tree.@Nullable Sequence items) {
    List<ImageSource.History> history = new ArrayList<>();
    if (items != null) {
      for (Tree item : items.items()) {
        if (item instanceof Tree.Mapping step) {
          history.add(
              new ImageSource.History(step.string("created_by"), step.isTrue("empty_layer")));
        }
      }
    }
    return history;
  }

  private static Map<String, String> labels(Tree.@Nullable Mapping config) {
    Tree.Mapping labels = config == null ? null : config.mapping("Labels");
    return labels == null ? Map.of() : Annotations.strings(labels);
  }

  /// Strings by name in a JSON object.
  static final class Annotations {
    private Annotations() {}

    static Map<String, String> strings(Tree.Mapping mapping) {
      Map<String, String> out = new LinkedHashMap<>();
      for (Tree.Member member : mapping.members()) {
        String value = mapping.string(member.name());
        if (value != null) {
          out.put(member.name(), value);
        }
      }
      return out;
    }
  }
}
