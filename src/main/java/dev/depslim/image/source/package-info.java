/// Opens an image, wherever it lies, and delivers its layers as indexes in their order.
@NullMarked
package dev.depslim.image.source;

import org.jspecify.annotations.NullMarked;
