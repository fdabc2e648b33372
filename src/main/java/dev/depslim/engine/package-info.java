/// Talks to Docker and Podman over the Docker API.
@NullMarked
package dev.depslim.engine;

import org.jspecify.annotations.NullMarked;
