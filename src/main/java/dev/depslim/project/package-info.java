/// Finds the projects of a tree and reads them: manifests, locks, graph, categories.
@NullMarked
package dev.depslim.project;

import org.jspecify.annotations.NullMarked;
