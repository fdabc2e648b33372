package dev.depslim.image.source;

import dev.depslim.image.layer.ChannelTarInput;
import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.TarReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An uncompressed archive on disk: its own headers are walked once, and the files in it are read
/// where they lie.
final class ArchiveBlobs implements BlobStore {
  private static final int MAX_FILES = 100_000;
  private static final int MAX_LINKS = 20;

  private final FileChannel channel;
  private final Map<String, ChannelBlob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  /// @throws IOException where it is no tar archive
  ArchiveBlobs(Path path) throws IOException {
    channel = FileChannel.open(path);
    try {
      walk(new TarReader(new ChannelTarInput(channel, 0, channel.size())));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void walk(TarReader tar) throws IOException {
    while (tar.next()) {
      String name = BlobNames.clean(tar.name());
      switch (tar.type()) {
        case FILE -> {
          files.put(name, new ChannelBlob(channel, tar.offset(), tar.storedSize()));
          links.remove(name);
        }
        case SYMLINK -> links.put(name, BlobNames.follow(name, tar.link()));
        case HARDLINK -> links.put(name, BlobNames.clean(tar.link()));
        case IMPLIED, FOLDER, OTHER, WHITEOUT, OPAQUE -> {}
      }
      if (files.size() + links.size() > MAX_FILES) {
        throw new LayerException("more than " + MAX_FILES + " files: no image archive");
      }
    }
  }

  private @Nullable ChannelBlob find(String name) {
    String at = name;
    for (int i = 0; i < MAX_LINKS; i++) {
      ChannelBlob blob = files.get(at);
      String target = links.get(at);
      if (blob != null || target == null) {
        return blob;
      }
      at = target;
    }
    return null;
  }

  private ChannelBlob get(String name) throws LayerException {
    ChannelBlob blob = find(name);
    if (blob == null) {
      throw new LayerException("there is no " + name + " in it");
    }
    return blob;
  }

  @Override
  public boolean has(String name) {
    return find(name) != null;
  }

  @Override
  public byte[] read(String name) throws IOException {
    return get(name).read();
  }

  @Override
  public long size(String name) {
    ChannelBlob blob = find(name);
    return blob == null ? 0 : blob.length();
  }

  @Override
  public Indexed index(String name, ImageRequest request) throws IOException {
    return get(name).index(request);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
