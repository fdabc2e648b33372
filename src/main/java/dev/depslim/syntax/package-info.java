/// JSON, YAML and TOML to plain trees with positions, and back; the only room with Jackson and
/// SnakeYAML.
@NullMarked
package dev.depslim.syntax;

import org.jspecify.annotations.NullMarked;
