/// `.depslim.yml`: what production may hold, and whether a run passes.
@NullMarked
package dev.depslim.policy;

import org.jspecify.annotations.NullMarked;
