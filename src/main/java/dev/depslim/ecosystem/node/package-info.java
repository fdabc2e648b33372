/// Node: the manifest and the lock files of npm, and how npm names and requests packages.
@NullMarked
package dev.depslim.ecosystem.node;

import org.jspecify.annotations.NullMarked;
