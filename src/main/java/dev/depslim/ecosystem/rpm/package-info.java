/// RPM packages: their database is found and not read.
@NullMarked
package dev.depslim.ecosystem.rpm;

import org.jspecify.annotations.NullMarked;
