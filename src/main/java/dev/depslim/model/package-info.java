/// Records, enums and sealed types that every other room speaks in; JDK and JSpecify only.
@NullMarked
package dev.depslim.model;

import org.jspecify.annotations.NullMarked;
