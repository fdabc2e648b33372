/// YAML rule sets to a category, a label and the rule that decided; a pure function of ecosystem
/// and name.
@NullMarked
package dev.depslim.classify;

import org.jspecify.annotations.NullMarked;
