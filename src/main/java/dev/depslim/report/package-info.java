/// One class per output format; writes text, has no clock and no input or output of its own.
@NullMarked
package dev.depslim.report;

import org.jspecify.annotations.NullMarked;
