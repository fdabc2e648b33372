/// Questions to a dependency graph: what reaches what, and in which scope.
@NullMarked
package dev.depslim.graph;

import org.jspecify.annotations.NullMarked;
