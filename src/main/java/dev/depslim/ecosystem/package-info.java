/// The ports through which the rest of the house sees a package manager; the formats live below.
@NullMarked
package dev.depslim.ecosystem;

import org.jspecify.annotations.NullMarked;
