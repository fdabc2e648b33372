/// What a slim form of a tree keeps and leaves out, and putting it on disk.
@NullMarked
package dev.depslim.minimize;

import org.jspecify.annotations.NullMarked;
