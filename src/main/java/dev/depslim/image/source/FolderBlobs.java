package dev.depslim.image.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder of an OCI layout.
final class FolderBlobs implements BlobStore {
  private final Path folder;
  private final List<FileChannel> opened = new ArrayList<>();

  FolderBlobs(Path folder) {
    this.folder = folder;
  }

  private Path path(String name) {
    return folder.resolve(BlobNames.clean(name));
  }

  @Override
  public boolean has(String name) {
    return Files.isRegularFile(path(name));
  }

  @Override
  public byte[] read(String name) throws IOException {
    return open(name).read();
  }

  @Override
  public long size(String name) {
    try {
      return Files.size(path(name));
    } catch (IOException _) {
      return 0; // reading it will say why
    }
  }

  @Override
  public Indexed index(String name, ImageRequest request) throws IOException {
    return open(name).index(request);
  }

  private ChannelBlob open(String name) throws IOException {
    FileChannel channel = FileChannel.open(path(name));
    synchronized (opened) {
      opened.add(channel);
    }
    return new ChannelBlob(channel, 0, channel.size());
  }

  @Override
  public void close() throws IOException {
    synchronized (opened) {
      for (FileChannel channel : opened) {
        channel.close();
      }
    }
  }
}
