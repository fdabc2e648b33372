/// Alpine packages: the database of apk.
@NullMarked
package dev.depslim.ecosystem.alpine;

import org.jspecify.annotations.NullMarked;
