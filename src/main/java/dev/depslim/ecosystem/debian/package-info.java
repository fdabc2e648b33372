/// Debian packages: the database of dpkg.
@NullMarked
package dev.depslim.ecosystem.debian;

import org.jspecify.annotations.NullMarked;
