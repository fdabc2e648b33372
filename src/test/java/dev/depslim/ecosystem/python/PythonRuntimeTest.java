package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Result;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PythonRuntimeTest {
  @Test
  void pythonIsItsLibraryWithoutWhatIsInstalledThere() {
    String library = "usr/local/lib/python3.13/";
    FakeImageFiles files =
        new FakeImageFiles()
            .file(library + "os.py", "")
            .file(library + "json/__init__.py", "")
            .file(library + "site-packages/a/__init__.py", "")
            .file("usr/local/lib/libpython3.13.so.1.0", "elf")
            .file("usr/local/bin/python3.13", "elf")
            .file("usr/local/bin/pip3.13", "#!")
            .file("usr/local/include/python3.13/patchlevel.h", "#define PY_VERSION  \"3.13.9\"\n");
    Result result = files.readBy(new PythonRuntime());
    assertEquals("3.13.9", result.packages().getFirst().version());
    assertEquals(
        Set.of(
            library + "os.py",
            library + "json/",
            "usr/local/lib/libpython3.13.so.1.0",
            "usr/local/bin/python3.13",
            "usr/local/include/python3.13/"),
        files.owned(result.packages().getFirst()));
  }
}
