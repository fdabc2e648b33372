/// One class per finding id; everything they look at is model.
@NullMarked
package dev.depslim.findings;

import org.jspecify.annotations.NullMarked;
