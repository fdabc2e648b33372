package dev.depslim.image.source;

import dev.depslim.image.layer.LayerException;
import dev.depslim.image.layer.LayerIndex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The contents of a layer that lies in a folder. Most files are small, so opening them is what
/// costs: the C library does it in a third of the time that a channel of Java takes. The file that
/// was read last stays open.
final class FolderContents implements LayerContents.Reader {
  private static final int NOTHING = -1;
  private final Arena arena = Arena.ofConfined();
  private final LinuxFiles linux;
  private final LayerIndex index;
  private final byte[] folder;
  private final MemorySegment error = LinuxFiles.errorNumber(arena);
  private MemorySegment path = arena.allocate(1 << 12);
  private ByteBuffer pathBytes = path.asByteBuffer();
  private int entry = NOTHING;
  private int open = NOTHING;

  FolderContents(LinuxFiles linux, Path folder, LayerIndex index) {
    this.linux = linux;
    this.index = index;
    this.folder = (folder + "/").getBytes(StandardCharsets.UTF_8);
  }

  /// @param target a direct buffer
  @Override
  public boolean read(int of, long position, ByteBuffer target) throws IOException {
    open(of);
    long at = position;
    while (target.hasRemaining()) {
      int count = (int) linux.pread(error, open, MemorySegment.ofBuffer(target), at);
      if (count < 0) {
        throw failure(of);
      }
      if (count == 0) {
        break;
      }
      at += count;
      target.position(target.position() + count);
    }
    return true;
  }

  private void open(int of) throws IOException {
    if (of == entry) {
      return;
    }
    close(open);
    byte[] name = index.pathBytes(of);
    int length = folder.length + name.length + 1;
    if (length > path.byteSize()) {
      path = arena.allocate(2L * length);
      pathBytes = path.asByteBuffer();
    }
    pathBytes.put(0, folder).put(folder.length, name).put(length - 1, (byte) 0);
    open =
        linux.openat(error, LinuxFiles.AT_FDCWD, path, LinuxFiles.O_RDONLY | LinuxFiles.O_CLOEXEC);
    if (open < 0) {
      throw failure(of);
    }
    entry = of;
  }

  private LayerException failure(int of) {
    return new LayerException(
        "/" + index.path(of) + " cannot be read: error " + LinuxFiles.errno(error));
  }

  private void close(int file) {
    entry = NOTHING;
    open = NOTHING;
    if (file >= 0) {
      linux.close(error, file);
    }
  }

  @Override
  public void close() {
    close(open);
    arena.close();
  }
}
