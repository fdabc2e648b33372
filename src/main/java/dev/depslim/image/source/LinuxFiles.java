package dev.depslim.image.source;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The calls of Linux's C library that a walk over folders needs: names, attributes and extended
/// attributes relative to an open folder. Java's own calls make a map of boxed values for each
/// file, cannot see `trusted.*` attributes, and resolve the whole path each time.
///
/// Every function is called as one of five 64-bit integers that returns one. On the 64-bit ABIs of
/// Linux `int` and pointer arguments travel in the same registers, so one handle is linked instead
/// of eight; that is a tenth of a second of start-up. Only the lower half of an `int` result
/// counts.
final class LinuxFiles {
  static final int ENOENT = 2;
  static final int ERANGE = 34;
  static final int ENODATA = 61;
  static final int EOPNOTSUPP = 95;

  /// Of `<fcntl.h>`; the same on every architecture that Java 25 runs on, O_DIRECTORY and
  /// O_NOFOLLOW apart, which are not used for that reason.
  static final int O_RDONLY = 0;

  static final int O_CLOEXEC = 02000000;
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;

  /// Type, mode, links, owner, modification time, inode, size.
  static final int STATX = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x40 | 0x100 | 0x200;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final FunctionDescriptor FIVE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final MethodHandle call;
  private final MemorySegment openat;
  private final MemorySegment close;
  private final MemorySegment getdents64;
  private final MemorySegment statx;
  private final MemorySegment readlinkat;
  private final MemorySegment fgetxattr;
  private final MemorySegment read;
  private final MemorySegment pread;

  private LinuxFiles(Linker linker, SymbolLookup symbols) {
    call = handle(linker);
    openat = symbols.findOrThrow("openat");
    close = symbols.findOrThrow("close");
    getdents64 = symbols.findOrThrow("getdents64");
    statx = symbols.findOrThrow("statx");
    readlinkat = symbols.findOrThrow("readlinkat");
    fgetxattr = symbols.findOrThrow("fgetxattr");
    read = symbols.findOrThrow("read");
    pread = symbols.findOrThrow("pread");
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(Linker linker) {
    return linker.downcallHandle(FIVE, ERRNO);
  }

  /// The functions, or null on a system without them.
  static @Nullable LinuxFiles load() {
    if (!"Linux".equals(System.getProperty("os.name")) || ADDRESS.byteSize() != 8) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup symbols = linker.defaultLookup();
    for (String name :
        new String[] {
          "openat", "close", "getdents64", "statx", "readlinkat", "fgetxattr", "read", "pread"
        }) {
      Optional<MemorySegment> symbol = symbols.find(name);
      if (symbol.isEmpty()) {
        return null;
      }
    }
    return new LinuxFiles(linker, symbols);
  }

  /// Where a call leaves its error number; one for each thread.
  static MemorySegment errorNumber(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  /// The error number of the last call that failed.
  static int errno(MemorySegment errorNumber) {
    return errorNumber.get(JAVA_INT, 0);
  }

  int openat(MemorySegment error, int folder, MemorySegment name, int flags) {
    return (int) invoke(openat, error, folder, name.address(), flags, 0, 0);
  }

  void close(MemorySegment error, int file) {
    invoke(close, error, file, 0, 0, 0, 0);
  }

  /// Bytes of directory entries, 0 at the end, -1 on an error.
  int getdents64(MemorySegment error, int folder, MemorySegment buffer) {
    return (int) invoke(getdents64, error, folder, buffer.address(), buffer.byteSize(), 0, 0);
  }

  /// 0, or -1 on an error.
  int statx(MemorySegment error, int folder, MemorySegment name, MemorySegment result) {
    return (int)
        invoke(statx, error, folder, name.address(), AT_SYMLINK_NOFOLLOW, STATX, result.address());
  }

  /// The length of the target, or -1 on an error.
  int readlinkat(MemorySegment error, int folder, MemorySegment name, MemorySegment target) {
    return (int)
        invoke(readlinkat, error, folder, name.address(), target.address(), target.byteSize(), 0);
  }

  /// The length of the value, or -1 on an error.
  int fgetxattr(MemorySegment error, int file, MemorySegment name, MemorySegment value) {
    return (int)
        invoke(fgetxattr, error, file, name.address(), value.address(), value.byteSize(), 0);
  }

  /// Bytes read, 0 at the end, -1 on an error.
  long read(MemorySegment error, int file, MemorySegment buffer) {
    return invoke(read, error, file, buffer.address(), buffer.byteSize(), 0, 0);
  }

  /// The same from a position.
  long pread(MemorySegment error, int file, MemorySegment buffer, long position) {
    return invoke(pread, error, file, buffer.address(), buffer.byteSize(), position, 0);
  }

  private long invoke(
      MemorySegment function, MemorySegment error, long a, long b, long c, long d, long e) {
    try {
      return (long) call.invokeExact(function, error, a, b, c, d, e);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException("a C function threw", failure);
    }
  }
}
