/// Joins scope, category and usage into what should become of a dependency, with reasons.
@NullMarked
package dev.depslim.verdict;

import org.jspecify.annotations.NullMarked;
