package dev.depslim.image.source;

import dev.depslim.engine.Engine;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Severity;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads an image of a container engine: from the folders of its storage driver where they are on
/// this machine and can be read, else from the archive that it streams. Both give the same layers.
public final class EngineOpener implements ImageOpener {
  private final String prefix;
  private final Supplier<Engine> connect;
  private final boolean folders;

  private EngineOpener(String prefix, Supplier<Engine> connect, boolean folders) {
    this.prefix = prefix;
    this.connect = connect;
    this.folders = folders;
  }

  /// The engine of the `docker` client; takes every reference that does not look like a path.
  public static EngineOpener docker() {
    return new EngineOpener("docker", Engine::connect, true);
  }

  /// The same without a look at the folders.
  public static EngineOpener dockerStream() {
    return new EngineOpener("docker-stream", Engine::connect, false);
  }

  /// Podman's socket.
  public static EngineOpener podman() {
    return new EngineOpener("podman", Engine::connectPodman, true);
  }

  @Override
  public List<String> prefixes() {
    return List.of(prefix);
  }

  @Override
  public boolean claims(String reference) {
    return prefix.equals("docker")
        && !reference.isEmpty()
        && !reference.startsWith(".")
        && !reference.startsWith("/");
  }

  @Override
  public String looksFor() {
    return "an image of the engine";
  }

  @Override
  public ImageSource open(ImageRequest request) {
    try (Engine engine = connect.get()) {
      Tree.Mapping inspected = engine.inspectImage(request.reference(), request.platform());
      List<Issue> notes = new ArrayList<>();
      if (folders && engine.isLocal() && !request.verify()) {
        switch (StorageFolders.of(inspected)) {
          case StorageFolders.Readable readable -> {
            ImageSource source = fromFolders(request, inspected, readable, notes);
            if (source != null) {
              return source;
            }
          }
          case StorageFolders.Unreadable(String why) -> note(request, notes, why);
        }
      }
      return fromStream(request, engine, notes);
    }
  }

  @Override
  public ImageOutline outline(ImageRequest request) {
    try (Engine engine = connect.get()) {
      Tree.Mapping inspected = engine.inspectImage(request.reference(), request.platform());
      if (engine.isLocal()
          && StorageFolders.of(inspected) instanceof StorageFolders.Readable readable) {
        ImageConfig config = ImageConfig.read(readable.config());
        return new ImageOutline(request.reference(), config.diffIds(), config.history());
      }
      Tree.Mapping rootfs = inspected.mapping("RootFS");
      Tree.Sequence layers = rootfs == null ? null : rootfs.sequence("Layers");
      List<String> diffIds = layers == null ? List.of() : layers.strings();
      return new ImageOutline(request.reference(), diffIds, List.of());
    }
  }

  private static void note(ImageRequest request, List<Issue> notes, @Nullable String why) {
    if (why != null) {
      notes.add(
          new Issue(Severity.NOTE, Location.of(request.reference()), "read as a stream: " + why));
    }
  }

  private static ImageSource fromStream(ImageRequest request, Engine engine, List<Issue> notes) {
    try (InputStream archive = engine.saveImage(request.reference(), request.platform())) {
      ImageSource source = ArchiveStream.read(archive, request, "docker-engine", null);
      notes.addAll(source.issues());
      return source.withIssues(notes);
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          request.reference() + ": the engine stopped sending the image: " + e.getMessage(), e);
    }
  }

  /// Null where a folder turned out to hold what an archive would tell otherwise.
  private static @Nullable ImageSource fromFolders(
      ImageRequest request,
      Tree.Mapping inspected,
      StorageFolders.Readable readable,
      List<Issue> notes) {
    LinuxFiles linux = LinuxFiles.load();
    if (linux == null) {
      return null;
    }
    ImageConfig config = ImageConfig.read(readable.config());
    List<LayerIndex> indexes;
    try {
      indexes = FolderLayers.read(linux, readable.folders(), config.diffIds(), request);
    } catch (IOException e) {
      note(request, notes, e.getMessage());
      return null;
    }
    List<@Nullable String> createdBy = LayerHistory.createdBy(config.history(), indexes.size());
    List<ImageSource.Layer> layers = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      LayerIndex entries = indexes.get(i);
      Path folder = readable.folders().get(i);
      for (Issue issue : entries.issues()) {
        notes.add(
            new Issue(
                issue.severity(),
                Location.of(request.reference()),
                "layer " + i + ", " + issue.location().path() + ": " + issue.message()));
      }
      layers.add(
          new ImageSource.Layer(
              i,
              config.diffIds().get(i),
              false,
              createdBy.get(i),
              null,
              null,
              null,
              Compression.NONE,
              entries,
              () -> new FolderContents(linux, folder, entries)));
    }
    Tree.Sequence tags = inspected.sequence("RepoTags");
    return new ImageSource(
        request.reference(),
        "overlay2",
        inspected.string("Id"),
        config.platform(),
        tags == null ? List.of() : tags.strings(),
        config.history(),
        layers,
        config.labels(),
        notes,
        () -> {});
  }
}
