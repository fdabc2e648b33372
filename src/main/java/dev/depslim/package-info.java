/// The program: only `main` lives here.
@NullMarked
package dev.depslim;

import org.jspecify.annotations.NullMarked;
