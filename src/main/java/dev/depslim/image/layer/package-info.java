/// Reads one layer, once, into a compact index. Nothing in here knows which image the layer is in.
@NullMarked
package dev.depslim.image.layer;

import org.jspecify.annotations.NullMarked;
