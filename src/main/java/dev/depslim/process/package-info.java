/// Runs another program with a time limit and a captured output; the only room with a
/// [ProcessBuilder].
@NullMarked
package dev.depslim.process;

import org.jspecify.annotations.NullMarked;
