/// One class per command, option mixins, the lists of everything pluggable, exceptions to exit
/// codes; the only room with picocli.
@NullMarked
package dev.depslim.cli;

import org.jspecify.annotations.NullMarked;
