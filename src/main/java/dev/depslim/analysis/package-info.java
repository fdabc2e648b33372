/// Joins projects and images into one [dev.depslim.model.Analysis].
@NullMarked
package dev.depslim.analysis;

import org.jspecify.annotations.NullMarked;
