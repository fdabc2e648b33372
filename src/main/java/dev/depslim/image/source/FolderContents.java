package dev.depslim.image.source;

import dev.depslim.image.layer.LayerIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The contents of a layer that lies in a folder. The file that was read last stays open.
final class FolderContents implements LayerContents.Reader {
  private static final int NOTHING = -1;
  private final FolderFiles files;
  private final LayerIndex index;
  private int entry = NOTHING;

  FolderContents(LinuxFiles linux, Path folder, LayerIndex index) {
    this.files = new FolderFiles(linux, folder);
    this.index = index;
  }

  /// @param target a direct buffer
  @Override
  public boolean read(int of, long position, ByteBuffer target) throws IOException {
    if (of != entry) {
      entry = NOTHING;
      files.open(index.pathBytes(of));
      entry = of;
    }
    files.read(index.name(of), position, target);
    return true;
  }

  @Override
  public void close() {
    files.close();
  }
}
