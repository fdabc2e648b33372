/// The only HTTP client: what is asked, how often, how much of the answer is read, and what is
/// kept.
@NullMarked
package dev.depslim.net;

import org.jspecify.annotations.NullMarked;
