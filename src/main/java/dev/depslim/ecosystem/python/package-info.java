/// The formats of Python: requirement files, pyproject.toml, and what uv, Poetry and pip-compile
/// lock.
@NullMarked
package dev.depslim.ecosystem.python;

import org.jspecify.annotations.NullMarked;
