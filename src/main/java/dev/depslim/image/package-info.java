/// What an image holds: the merge of its layers, and which of their bytes the merge does not show.
@NullMarked
package dev.depslim.image;

import org.jspecify.annotations.NullMarked;
